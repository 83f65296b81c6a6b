"""The demonstration's police keep some people themselves: one partnership waits, one is worked, one went to Channel."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from agencies.models import User
from desk.demonstration.assessing import GOES_ON, proposed, ready_to_assess
from referrals.models import Referral
from triage.actions.accept_ownership import accept_ownership
from triage.actions.answer_deconfliction import answer_deconfliction
from triage.actions.close_planned import close_planned
from triage.actions.hold_review import hold_review
from triage.actions.offer_ownership import offer_ownership
from triage.actions.plan_action import plan_action
from triage.actions.reopen_outcome import reopen_outcome
from triage.actions.write_plan import write_plan
from triage.checklist import Checked, steps_for
from triage.models import Moment, Outcome, Partnership, Result, ReviewDecision, TriageOutcome
from triage.models.plan import BecameOfIt
from triage.states import DeconflictionState

_HOUR = timedelta(hours=1)
_POLICE_LED = replace(
    GOES_ON, outcome=TriageOutcome.POLICE_LED,
    rationale="He turns away from everybody but one officer, whom he trusts. A panel would lose him now.",
)  # fmt: skip


def partner(*, now: datetime) -> None:
    """One that nobody owns yet, one with a plan and a review, one that ended with a move to Channel."""
    officer = User.objects.get(email="officer@ctp-north-east.example")
    boss = User.objects.get(email="supervisor@ctp-north-east.example")
    before = now - 10 * _HOUR
    waits, worked, moved = (found for found, _each in zip(ready_to_assess(officer, now=now), range(3), strict=False))
    for referral in (waits, worked, moved):
        proposed(referral, _POLICE_LED, officer, boss, now=before, signs=True)
    _work(worked, officer, boss, now=before, leaves=False)
    _work(moved, officer, boss, now=before, leaves=True)
    _move(moved, officer, boss, now=now)


def _work(referral: Referral, officer: User, boss: User, *, now: datetime, leaves: bool) -> None:
    """The officer accepts it, plans, and reviews it; one thing is left to do unless it is to go to Channel."""
    pk = Partnership.objects.get(referral=referral).pk
    offer_ownership(
        partnership_id=pk, to_id=officer.pk, reason="He speaks to you already.", by=boss, now=now - 2 * _HOUR
    )
    accept_ownership(partnership_id=pk, by=officer, now=now - 2 * _HOUR)
    write_plan(
        partnership_id=pk, by=officer, now=now - _HOUR,
        aims="That he speaks of the footage to somebody, and sees it less. That his aunt knows whom to ring. We know by"
        " what he and she tell us each week.",
    )  # fmt: skip
    today = timezone.localdate(now)
    words = ("Read what the school sent in March.", "Find a club nearby that takes him in spring.")
    planned = [
        plan_action(
            partnership_id=pk, words=each, contacts=False, owner_id=officer.pk,
            due_on=today + timedelta(days=7 + number * 7), by=officer, now=now - _HOUR,
        )
        for number, each in enumerate(words)
    ]  # fmt: skip
    for each in planned if leaves else planned[:1]:
        close_planned(
            planned_id=each.pk, became=BecameOfIt.DONE, reason="Done, and his aunt was glad of it.", by=officer,
            now=now,
        )  # fmt: skip
    hold_review(
        partnership_id=pk, decision=ReviewDecision.CHANNEL if leaves else ReviewDecision.CONTINUE,
        found="He talks of school again. He still watches the footage, and says so himself.",
        reason="He would now take help from others." if leaves else "It works, and needs longer.",
        next_on=today + timedelta(days=28), by=officer, now=now,
    )  # fmt: skip


def _move(referral: Referral, officer: User, boss: User, *, now: datetime) -> None:
    """The outcome is reopened, FIMU clears again, and another one is signed."""
    stands = Partnership.objects.get(referral=referral).came_with_id
    reopen_outcome(assessment_id=stands, reason="He would take help from others now.", by=officer, now=now - 9 * _HOUR)
    waiting = referral.deconflictions.get(state=DeconflictionState.OPEN)
    day = timezone.localdate(waiting.opened_at)
    answer_deconfliction(
        deconfliction_id=waiting.pk, outcome=Outcome.CLEAR, instruction="", review_on=day + timedelta(days=180),
        checks=[Checked(step.code, Result.DONE, on=day) for step in steps_for(Moment.DECONFLICTION, waiting.opened_at)],
        by=User.objects.get(email="fimu@ctp-north-east.example"), now=now - 8 * _HOUR,
    )  # fmt: skip
    proposed(referral, GOES_ON, officer, boss, now=now, signs=True)
