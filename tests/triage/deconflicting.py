"""Deconflictions for tests: opened as the worker does, answered by an analyst of the police agency."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from agencies.models import User
from audit.agents import Agent
from referrals.models import Referral
from tests.making import analyst_of, dispatch_to_police
from triage.actions.answer_deconfliction import answer_deconfliction
from triage.actions.open_deconfliction import open_deconfliction
from triage.models import Cause, Deconfliction, Outcome

WHAT_TO_DO = "Speak to nobody but the school. Ask again before a home visit."


def opened(referral: Referral, *, cause: Cause = Cause.SUBMITTED, now: datetime | None = None) -> Deconfliction:
    """One that waits for its answer."""
    made: Deconfliction = open_deconfliction(
        referral_id=referral.pk, cause=cause, by=Agent.SWEEPER, now=now or timezone.now()
    )
    return made


def answered(row: Deconfliction, outcome: Outcome = Outcome.CLEAR, *, by: User | None = None, **more: Any) -> Any:
    """The same, answered; with an instruction and for three months unless told otherwise."""
    now = more.pop("now", None) or timezone.now()
    said = {"instruction": WHAT_TO_DO, "review_on": timezone.localdate(now) + timedelta(days=90), **more}
    analyst = by or analyst_of(dispatch_to_police(row.referral).agency)
    return answer_deconfliction(deconfliction_id=row.pk, outcome=outcome, **said, by=analyst, now=now)
