"""What FIMU is asked about a person, and was before."""

from datetime import timedelta
from typing import Any

from people.models import Clearance, ContactHow, ContactTo, PlannedContact, Readers, Urgency
from referrals.models import Dispatch
from tests.house.matrix.past import Past
from tests.house.matrix.records import NOW, Record
from tests.triage.standardising import published
from triage.models import Cause, Deconfliction, Outcome, Result, StepCheck
from triage.standards import standard_on
from triage.states import DeconflictionState

YESTERDAY = NOW - timedelta(days=1)


def deconflicted(record: Record, dispatch: Dispatch, past: Past) -> None:
    """It was answered to hold contact, an officer asks again; and contact is cleared, since others are asked then."""
    referral = record.referral
    said = {name: record.says(f"triage.Deconfliction.{name}") for name in ("reason", "instruction")}
    asked: dict[str, Any] = {
        "referral": referral, "person": referral.person, "cause": Cause.ASKED_FOR, "reason": said["reason"],
        "opened_by": past.by.pk, "due": NOW + timedelta(days=2),
    }  # fmt: skip
    before = Deconfliction(
        **asked, opened_at=YESTERDAY, state=DeconflictionState.ANSWERED, answered_at=YESTERDAY, answered_by=past.by,
        agency=dispatch.agency, outcome=Outcome.HOLD, instruction=said["instruction"],
        review_on=NOW.date() + timedelta(days=9),
    )  # fmt: skip
    row = Deconfliction(**asked, opened_at=NOW, instruction=None)
    past.had(before)
    past.had(row)
    version = standard_on(NOW.date()) or published()
    past.had(
        StepCheck(
            step=version.steps.all()[0],
            person=referral.person,
            deconfliction=before,
            result=Result.NOT_DONE,
            why=record.says("triage.StepCheck.why"),
            recorded_at=YESTERDAY,
            recorded_by=past.by,
        )
    )
    past.had(
        Clearance(
            person=referral.person, with_conditions=False, review_on=NOW.date() + timedelta(days=9), given_at=NOW,
            given_by=past.by,
        )
    )  # fmt: skip
    record.rows["deconfliction_id", None] = row.pk
    _went_ahead(record, dispatch, past)


def _went_ahead(record: Record, dispatch: Dispatch, past: Past) -> None:
    """Contact was authorised before it was cleared, and nobody has seen that yet."""
    said: dict[str, Any] = {"person": record.referral.person, "agency": dispatch.agency}
    words = {name: record.says(f"people.PlannedContact.{name}", True) for name in ("whom", "purpose", "maker")}
    planned = PlannedContact(
        **said, **words, with_whom=ContactTo.PERSON, how=ContactHow.VISIT, day=NOW.date() + timedelta(days=3),
        readers=Readers.AGENCY, written_at=NOW, written_by=past.by,
    )  # fmt: skip
    past.had(planned)
    why = {name: record.says(f"people.Urgency.{name}") for name in ("need", "at_risk", "consulted")}
    urgency = Urgency(**said, **why, planned=planned, done_at=NOW, done_by=past.by)
    past.had(urgency)
    record.rows["urgency_id", None] = urgency.pk
