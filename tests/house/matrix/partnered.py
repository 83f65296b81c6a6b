"""What the police do with somebody themselves: a partnership that one of them owns, with everything in it."""

from datetime import timedelta

from agencies.models import User
from audit.events import Event
from referrals.models import Dispatch
from tests.house.matrix.past import Past
from tests.house.matrix.records import NOW, Record
from triage.models import (
    GatewayAssessment,
    Handover,
    Partnership,
    PartnershipReview,
    Plan,
    PlannedAction,
    ReviewDecision,
    Source,
)
from triage.states import GatewayState, HandoverState, PartnershipState, PlannedState

YESTERDAY, NEXT = NOW - timedelta(days=1), NOW.date() + timedelta(days=9)


def partnered(record: Record, dispatch: Dispatch, *, owner: User, asked: User, past: Past) -> None:
    """`owner` has it, `asked` is asked to take it over and has not answered; others declined before."""
    referral, by = record.referral, past.by
    row = Partnership(
        referral=referral, person=referral.person, agency=dispatch.agency, state=PartnershipState.OPEN,
        source=Source.GATEWAY, owner=owner, review_on=NEXT, opened_at=YESTERDAY, opened_by=by,
        came_with=GatewayAssessment.objects.get(referral=referral, state=GatewayState.SIGNED),
    )  # fmt: skip
    past.had(row, Event.PARTNERSHIP_OPENED)
    said = {name: record.says(f"triage.Handover.{name}") for name in ("reason", "answer")}
    offered = {"partnership": row, "reason": said["reason"], "offered_at": YESTERDAY, "offered_by": by}
    past.had(Handover(**offered, to=asked))
    past.had(
        Handover(
            **offered, to=by, state=HandoverState.DECLINED, answered_at=NOW, answered_by=by.pk, answer=said["answer"]
        )
    )
    past.had(Plan(partnership=row, aims=record.says("triage.Plan.aims"), written_at=YESTERDAY, written_by=by))
    words = {name: record.says(f"triage.PlannedAction.{name}") for name in ("words", "reason")}
    planned = {
        "partnership": row, "words": words["words"], "owner": owner, "due_on": NEXT, "planned_at": YESTERDAY,
        "planned_by": by,
    }  # fmt: skip
    to_do = PlannedAction(**planned)
    past.had(to_do)
    closed = {"state": PlannedState.DROPPED, "closed_at": NOW, "closed_by": by, "reason": words["reason"]}
    past.had(PlannedAction(**planned, **closed))
    found = {name: record.says(f"triage.PartnershipReview.{name}") for name in ("found", "reason")}
    past.had(
        PartnershipReview(
            partnership=row, **found, decision=ReviewDecision.CONTINUE, due_on=NOW.date(), next_on=NEXT, held_at=NOW,
            held_by=by,
        ),
        Event.PARTNERSHIP_REVIEWED,
        about=row,
    )  # fmt: skip
    record.rows |= {("partnership_id", None): row.pk, ("planned_id", None): to_do.pk}
