"""How far a referral is, as its referrer is told: a matter of days since it was sent, and of nothing else.

What agencies decide, hold back or repeat does not move it, so nobody can read that from the page (ADR 27).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.working_days import Calendar, london_date, working_days_after

# How long the page stays open unused, and in all; how long a link waits; how many wrong codes close one.
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=4)
LINK_KEPT = timedelta(days=28)
WRONG_CODES = 5


class Stage(models.TextChoices):
    """The three states, in their order."""

    RECEIVED = "received", _("Received")
    CONSIDERED = "considered", _("Being considered")
    FINISHED = "finished", _("Our first consideration is finished")


# Local targets, no national ones: after how many working days each stage begins. The same for every referral.
LOCAL_TARGETS: dict[Stage, int] = {Stage.RECEIVED: 0, Stage.CONSIDERED: 1, Stage.FINISHED: 15}
# One calendar for all, wherever the referral went: whose it is would be read from the day.
CALENDAR = Calendar.ENGLAND_AND_WALES


@dataclass(frozen=True)
class Step:
    """A stage, the day on which it begins, and whether it has begun and is the latest."""

    stage: Stage
    begins: date
    reached: bool
    is_now: bool


def steps_of(submitted_at: datetime, *, today: date) -> list[Step]:
    """The three steps of a referral that was sent at a moment. Pure."""
    sent = london_date(submitted_at)
    begins = {
        stage: working_days_after(sent, days, CALENDAR) if days else sent for stage, days in LOCAL_TARGETS.items()
    }
    now = stage_of(submitted_at, today=today)
    return [Step(stage, day, reached=day <= today, is_now=stage is now) for stage, day in begins.items()]


def stage_of(submitted_at: datetime, *, today: date) -> Stage:
    """The stage that is reached on a day. Pure."""
    sent, reached = london_date(submitted_at), Stage.RECEIVED
    for stage, days in LOCAL_TARGETS.items():
        if days and working_days_after(sent, days, CALENDAR) <= today:
            reached = stage
    return reached
