"""The owner of a police-led partnership writes what it is to reach."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.events import Event, happened
from triage.locking import lock_partnership
from triage.models import Plan
from triage.permissions import check_owns
from triage.policies import check_runs, check_says_it


@action
def write_plan(*, partnership_id: UUID, aims: str, by: User, now: datetime) -> Plan:
    """Store the aims beside those of before, which stay to be read. Records PARTNERSHIP_PLANNED.

    Locks the record, the referral and the partnership.

    Raises:
        Partnership.DoesNotExist: there is none with this id.
        Forbidden: `by` does not own it.
        NotNow: it has ended, or nothing is said.
    """
    row = lock_partnership(partnership_id)
    check_owns(by, row)
    check_runs(row)
    check_says_it(aims)
    plan = Plan(partnership=row, aims=aims.strip(), written_at=now, written_by=by)
    plan.save(force_insert=True)
    happened(Event.PARTNERSHIP_PLANNED, row, by=by, now=now, referral=row.referral_id)
    return plan
