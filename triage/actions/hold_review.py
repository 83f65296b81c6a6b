"""The owner of a police-led partnership reviews it."""

from datetime import date, datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from people.policies import check_is_reviewed
from triage.locking import lock_partnership
from triage.models import PartnershipReview, ReviewDecision
from triage.permissions import check_owns
from triage.policies import check_runs, check_says_it


@action
def hold_review(
    *, partnership_id: UUID, found: str, decision: ReviewDecision, reason: str, next_on: date, by: User, now: datetime
) -> PartnershipReview:
    """Store what was found and decided, and the day of the next review. Records PARTNERSHIP_REVIEWED.

    A review that asks to end it, or to move it to Channel, ends nothing: the gateway does. Locks the record, the
    referral and the partnership.

    Raises:
        Partnership.DoesNotExist: there is none with this id.
        Forbidden: `by` does not own it.
        NotNow: it has ended, nothing is said, or the next review is not after today and within a year.
    """
    row = lock_partnership(partnership_id)
    check_owns(by, row)
    check_runs(row)
    check_says_it(found)
    check_has_reason(reason)
    check_is_reviewed(next_on, now=now)
    review = PartnershipReview(
        partnership=row, found=found.strip(), decision=decision, reason=reason.strip(), due_on=row.review_on or next_on,
        next_on=next_on, held_at=now, held_by=by,
    )  # fmt: skip
    review.save(force_insert=True)
    row.changed(review_on=next_on)
    happened(Event.PARTNERSHIP_REVIEWED, row, by=by, now=now, referral=row.referral_id)
    return review
