"""What the police made of a referral: signed, reopened, and written anew."""

from datetime import timedelta
from typing import Any

from referrals.models import Dispatch
from tests.house.matrix.past import Past
from tests.house.matrix.records import NOW, Record
from tests.triage.standardising import published
from triage.models import (
    Deconfliction,
    GatewayAssessment,
    GatewaySignature,
    Outcome,
    Result,
    Signposting,
    StepCheck,
    TriageOutcome,
)
from triage.standards import standard_on
from triage.states import DeconflictionState, GatewayState, SignpostingState

YESTERDAY = NOW - timedelta(days=1)


def assessed(record: Record, dispatch: Dispatch, past: Past) -> None:
    """One outcome was reopened, one stands, and one is being written after it was given back."""
    by, referral = past.by, record.referral
    said = {name: record.says(f"triage.GatewayAssessment.{name}") for name in _WORDS}
    weighed = Deconfliction(
        referral=referral, person=referral.person, cause="submitted", due=NOW, opened_at=YESTERDAY, opened_by=by.pk,
        state=DeconflictionState.ANSWERED, answered_at=YESTERDAY, answered_by=by, agency=dispatch.agency,
        outcome=Outcome.CLEAR, review_on=NOW.date() + timedelta(days=9),
    )  # fmt: skip
    past.had(weighed)
    begun: dict[str, Any] = {
        "referral": referral, "person": referral.person, "authors": [by.pk], "answers": {"concern": said["answers"]},
        "rationale": said["rationale"], "opened_by": by, "written_at": YESTERDAY, "written_by": by,
    }  # fmt: skip
    decided = begun | {
        "round": 1, "outcome": TriageOutcome.SIGNPOSTED, "considered": [TriageOutcome.CHANNEL], "weighed": weighed,
        "agrees": True, "no_concerns": "yes", "reasons": ["explained"], "proposed_at": YESTERDAY, "proposed_by": by,
        "signed_at": YESTERDAY, "signed_by": by, "agency": dispatch.agency,
    }  # fmt: skip
    before = GatewayAssessment(
        **decided, opened_at=YESTERDAY, state=GatewayState.REOPENED, reopened_at=NOW, reopened_by=by,
        reopened_reason=said["reopened_reason"],
    )  # fmt: skip
    stands = GatewayAssessment(**decided, opened_at=YESTERDAY, state=GatewayState.SIGNED)
    draft = GatewayAssessment(
        **begun, opened_at=NOW, returned_at=NOW, returned_by=by, returned_reason=said["returned_reason"]
    )
    signature = GatewaySignature(
        assessment=stands, round=1, signed_at=YESTERDAY, signed_by=by,
        reason=record.says("triage.GatewaySignature.reason"),
    )  # fmt: skip
    signposting = Signposting(
        assessment=stands, due=NOW, state=SignpostingState.DECLINED, answered_at=NOW, answered_by=by,
        reason=record.says("triage.Signposting.reason"),
    )  # fmt: skip
    version = standard_on(NOW.date()) or published()
    check = StepCheck(
        step=version.steps.all()[0], person=referral.person, gateway=draft, result=Result.NOT_DONE,
        why=record.says("triage.StepCheck.why"), recorded_at=YESTERDAY, recorded_by=by,
    )  # fmt: skip
    for row in (before, stands, draft, signature, signposting, check):
        past.had(row)
    record.rows |= {("assessment_id", None): draft.pk, ("signposting_id", None): signposting.pk}


_WORDS = ("answers", "rationale", "returned_reason", "reopened_reason")
