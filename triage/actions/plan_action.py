"""The owner of a police-led partnership plans one thing to do."""

from datetime import date, datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.events import Event, happened
from people.policies import check_is_cleared
from triage.locking import lock_partnership
from triage.models import PlannedAction
from triage.permissions import check_can_own, check_owns
from triage.policies import check_day_is_near, check_runs, check_says_it


@action
def plan_action(
    *, partnership_id: UUID, words: str, contacts: bool, owner_id: UUID, due_on: date, by: User, now: datetime
) -> PlannedAction:
    """Plan it for one colleague of the agency, by one day. Records PARTNERSHIP_ACTION_PLANNED.

    `contacts`: it means contact with the person or about them.

    Locks the record, the referral and the partnership.

    Raises:
        Partnership.DoesNotExist, User.DoesNotExist: there is none with this id.
        Forbidden: `by` does not own it, or the colleague does not work partnerships there.
        NotNow: it has ended, nothing is said, it means contact that is not cleared, or the day is over or more than a
            year ahead.
    """
    row = lock_partnership(partnership_id)
    dispatch = check_owns(by, row)
    owner: User = User.objects.get(pk=owner_id)
    check_can_own(owner, dispatch)
    check_runs(row)
    check_says_it(words)
    check_day_is_near(due_on, now=now)
    if contacts:
        check_is_cleared(row.person_id)
    planned = PlannedAction(
        partnership=row, words=words.strip(), contacts=contacts, owner=owner, due_on=due_on, planned_at=now,
        planned_by=by,
    )  # fmt: skip
    planned.save(force_insert=True)
    happened(Event.PARTNERSHIP_ACTION_PLANNED, row, by=by, now=now, referral=row.referral_id, to=owner.pk)
    return planned
