"""The demonstration's FIMU has been asked about every referral, and has answered for North East all but the latest."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from agencies.models import User
from audit.agents import Agent
from referrals.models import Referral
from triage.actions.answer_deconfliction import answer_deconfliction
from triage.actions.open_deconfliction import open_deconfliction
from triage.checklist import Checked, steps_for
from triage.models import Cause, Deconfliction, Moment, Outcome, Result
from triage.selectors import deconflictions_of
from triage.states import DeconflictionState

_ANSWERS = (
    (Outcome.CLEAR, ""),
    (Outcome.CLEAR, ""),
    (Outcome.CONDITIONS, "Speak to the school only. Ask again before a home visit."),
    (Outcome.CLEAR, ""),
    (Outcome.HOLD, "Contact nobody. Record what reaches you, and tell the police desk the same day."),
)
# In some answers a step is not done, or does not apply.
_EXCEPTIONS = {
    3: (Result.NOT_APPLICABLE, "A child with no record anywhere that this one would hold."),
    11: (Result.NOT_DONE, "The system was down all day. It is searched at the next review."),
}
_LATEST = timedelta(days=3)


def deconflict(referrals: Iterable[Referral], *, now: datetime) -> None:
    """Ask about each when it came in; what came in the last days still waits for its answer."""
    for referral in referrals:
        open_deconfliction(referral_id=referral.pk, cause=Cause.SUBMITTED, by=Agent.SWEEPER, now=referral.submitted_at)
    analyst = User.objects.get(email="fimu@ctp-north-east.example")
    waiting = deconflictions_of(analyst).filter(state=DeconflictionState.OPEN, opened_at__lt=now - _LATEST)
    for number, row in enumerate(waiting.order_by("opened_at", "id")):
        _answer(row, number, analyst)


def _answer(row: Deconfliction, number: int, analyst: User) -> None:
    outcome, instruction = _ANSWERS[number % len(_ANSWERS)]
    at = row.opened_at + timedelta(hours=4 + number * 7 % 41)
    answer_deconfliction(
        deconfliction_id=row.pk, outcome=outcome, instruction=instruction,
        review_on=timezone.localdate(at) + timedelta(days=180),
        checks=_checks(row, number), by=analyst, now=at,
    )  # fmt: skip


def _checks(row: Deconfliction, number: int) -> list[Checked]:
    """What became of each step of the version that held: nearly always done, on the day on which it was asked."""
    day, found = timezone.localdate(row.opened_at), []
    for at, step in enumerate(steps_for(Moment.DECONFLICTION, row.opened_at)):
        kind, why = _EXCEPTIONS.get((number + at) % 17, (Result.DONE, ""))
        found.append(Checked(step.code, kind, on=day if kind == Result.DONE else None, why=why))
    return found
