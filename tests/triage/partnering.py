"""Police-led partnerships for tests: opened by a signature, owned, planned and reviewed, each as the pages do it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from agencies.models import User
from audit.agents import Agent
from referrals.models import Referral
from tests.audit.acts import within
from tests.making import dispatch_to_police, officer_of
from tests.triage.assessing import propose, proposed, rewritten, signed, supervisor_at, whole
from tests.triage.deconflicting import answered
from triage.actions.accept_ownership import accept_ownership
from triage.actions.begin_assessment import begin_assessment
from triage.actions.close_planned import close_planned
from triage.actions.hold_review import hold_review
from triage.actions.offer_ownership import offer_ownership
from triage.actions.plan_action import plan_action
from triage.actions.reopen_outcome import reopen_outcome
from triage.models import (
    GatewayAssessment,
    Partnership,
    PartnershipReview,
    PlannedAction,
    ReviewDecision,
    TriageOutcome,
)
from triage.models.plan import BecameOfIt
from triage.selectors import latest_assessment, latest_of

REASON = "She has worked with the family before."


def today() -> Any:
    """In London."""
    return timezone.localdate()


def running(referral: Referral, *, by: User | None = None) -> Partnership:
    """One that opened by the last signature, and waits for its owner; `by` wrote the assessment."""
    row = signed(proposed(referral, whole(TriageOutcome.POLICE_LED), by=by))
    if row.is_proposed:
        signed(row)
    return again(Partnership.objects.get(referral=referral))


def again(row: Partnership) -> Partnership:
    """The same, read anew."""
    return Partnership.objects.select_related("referral__person", "person", "owner", "agency").get(pk=row.pk)


def asked(row: Partnership, to: User, *, by: User | None = None) -> User:
    """Somebody is asked to own it by a supervisor, who is returned."""
    boss = by or supervisor_at(dispatch_to_police(row.referral).agency, name="Verity Osei")
    offer_ownership(partnership_id=row.pk, to_id=to.pk, reason=REASON, by=boss, now=timezone.now())
    return boss


def owned(row: Partnership, *, to: User | None = None, by: User | None = None) -> User:
    """An officer is named and accepts, who is returned."""
    owner = to or officer_of(dispatch_to_police(row.referral).agency, name="Tamsin Quayle")
    asked(row, owner, by=by)
    accept_ownership(partnership_id=row.pk, by=owner, now=timezone.now())
    return owner


def planned(row: Partnership, by: User, *, owner: User | None = None, **instead: Any) -> PlannedAction:
    """One action of the plan, of the owner unless told otherwise."""
    said = {"words": "See the aunt at home.", "contacts": False, "due_on": today() + timedelta(days=14)} | instead
    said.setdefault("now", timezone.now())
    return plan_action(partnership_id=row.pk, owner_id=(owner or by).pk, by=by, **said)


def closed(each: PlannedAction, by: User, became: BecameOfIt = BecameOfIt.DONE) -> PlannedAction:
    """The same, done unless told otherwise."""
    return close_planned(planned_id=each.pk, became=became, reason="She agrees to ring us.", by=by, now=timezone.now())


def reviewed(row: Partnership, by: User, **instead: Any) -> PartnershipReview:
    """A review by its owner."""
    said: dict[str, Any] = {
        "found": "He goes to football again.", "decision": ReviewDecision.CONTINUE, "reason": "It works, slowly.",
        "next_on": today() + timedelta(days=28),
    }  # fmt: skip
    return hold_review(partnership_id=row.pk, **said | instead, by=by, now=timezone.now())


def reopened(referral: Referral, by: User) -> GatewayAssessment:
    """The outcome is open again, FIMU has answered anew, and a new assessment is begun."""
    stands = latest_assessment(referral)
    assert stands is not None
    reopen_outcome(assessment_id=stands.pk, reason="The review asks for it.", by=by, now=timezone.now())
    waiting = latest_of(referral)
    assert waiting is not None
    answered(waiting)
    return begin_assessment(referral_id=referral.pk, by=by, now=timezone.now())


def decided(referral: Referral, outcome: TriageOutcome, *, by: User) -> GatewayAssessment:
    """Reopened, assessed anew, proposed and signed with another outcome."""
    row = rewritten(reopened(referral, by), whole(outcome), by=by)
    return signed(propose(row, by=by))


def in_hand(referral: Referral, *, owner: User, asked_too: User) -> Partnership:
    """One about a received referral that is owned, with something to do, and offered to somebody else."""
    row = running(referral, by=owner)
    owned(row, to=owner)
    asked(row, asked_too)
    planned(row, owner)
    reviewed(row, owner)
    return row


def unreviewed(row: Partnership) -> None:
    """Its review was due yesterday."""
    late = today() - timedelta(days=1)
    within(do=lambda: row.changed(review_on=late), by=Agent.OPERATOR, now=timezone.now())


def to_do(row: Partnership, user: User) -> PlannedAction:
    """Something is planned for somebody, who owns it too."""
    owned(row, to=user)
    return planned(row, user)
