"""The police keep working with a person themselves: a police-led partnership opens."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from agencies.selectors import targets_of
from agencies.working_days import calendar_of, london_date
from audit.action import action
from audit.events import Event, happened
from referrals.locking import lock_whole
from triage.models import Partnership, Source
from triage.partnerships import running_about
from triage.permissions import check_can_assess
from triage.policies import check_came_with, check_none_runs
from triage.selectors import latest_assessment


@action
def open_partnership(*, referral_id: UUID, source: Source, by: User, now: datetime) -> Partnership:
    """Open one about the person of a referral, with a day for its first review; it waits for its owner.

    `sign_outcome` opens it with the signature; Channel, from where a case is moved to the police, calls it with that
    source while its own outcome stands. Locks the record and the referral. Records PARTNERSHIP_OPENED.

    Raises:
        Referral.DoesNotExist: there is none with this id.
        Forbidden: `by` supervises no partnerships of the police agency that has the referral.
        NotNow: one runs already, or the outcome that stands does not lead to one.
    """
    referral = lock_whole(referral_id)
    agency = check_can_assess(by, Permission.PARTNERSHIP_SUPERVISE, referral).agency
    check_none_runs(running_about(referral))
    came_with = check_came_with(source, latest_assessment(referral))
    first = targets_of(agency).review_on(london_date(now), calendar=calendar_of(agency.code))
    row = Partnership(
        referral=referral, person_id=referral.person_id, agency=agency, source=source, came_with=came_with,
        review_on=first, opened_at=now, opened_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    happened(Event.PARTNERSHIP_OPENED, row, by=by, now=now, referral=referral.pk)
    return row
