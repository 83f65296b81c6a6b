"""FIMU answers whether anybody may be contacted, how, and until when that holds."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.events import Event, happened
from people.actions.end_clearance import end_clearance
from people.actions.give_clearance import give_clearance
from people.policies import check_is_reviewed
from triage.actions.record_checks import record_checks
from triage.checklist import Checked
from triage.locking import lock_deconfliction
from triage.models import Deconfliction, Moment, Outcome
from triage.permissions import agency_answering
from triage.policies import check_says_what_to_do, check_waits
from triage.states import DeconflictionState


@action
def answer_deconfliction(
    *,
    deconfliction_id: UUID,
    outcome: Outcome,
    instruction: str,
    review_on: date,
    two_sign: bool = False,
    checks: Collection[Checked] = (),
    by: User,
    now: datetime,
) -> Deconfliction:
    """Answer, and give the clearance that follows, or end the one that stands, in the same transaction.

    `two_sign` asks for two signatures under what becomes of the referral.
    `checks` say what became of each step of the standards that held when it was opened; none before the first version.
    Locks the record, the referral and the deconfliction. Records DECONFLICTION_ANSWERED.

    Raises:
        Deconfliction.DoesNotExist: there is none with this id.
        Forbidden: `by` is no FIMU analyst of the police agency that has the referral.
        NotNow: it was answered or overtaken, or leaves open what is to be done, when it is reviewed, or what became of
            a required step.
    """
    row = lock_deconfliction(deconfliction_id)
    agency = agency_answering(by, row)
    check_waits(row)
    check_says_what_to_do(outcome, instruction)
    check_is_reviewed(review_on, now=now)
    record_checks(
        moment=Moment.DECONFLICTION, opened_at=row.opened_at, person_id=row.person_id, checks=checks, by=by, now=now,
        deconfliction=row,
    )  # fmt: skip
    row.move(
        DeconflictionState.ANSWERED, at=now, by=by, agency=agency, outcome=outcome,
        instruction=instruction.strip() or None, review_on=review_on, review_due=review_on,
        two_sign=two_sign,
    )  # fmt: skip
    if row.clears:
        give_clearance(
            person_id=row.person_id, agency_id=agency.pk, with_conditions=outcome == Outcome.CONDITIONS,
            review_on=review_on, by=by, now=now,
        )  # fmt: skip
    else:
        end_clearance(person_id=row.person_id, by=by, now=now)
    happened(Event.DECONFLICTION_ANSWERED, row, by=by, now=now, referral=row.referral_id)
    return row
