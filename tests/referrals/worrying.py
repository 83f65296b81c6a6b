"""Worries of referrers for tests."""

from datetime import datetime, timedelta
from functools import partial

from agencies.models import Agency
from audit.agents import Agent
from referrals.models import Referral, Worry
from tests.audit.acts import within

WORRIED = "The officer told my pupil's aunt that I had written."


def worry_about(referral: Referral, agency: Agency, *, now: datetime) -> Worry:
    """A worry that waits for one agency, as `raise_worry` leaves it."""
    row = Worry(
        referral=referral, agency=agency, words=WORRIED, due=now + timedelta(days=7), raised_at=now,
        raised_by=Agent.REFERRER.pk,
    )  # fmt: skip
    within(do=partial(row.save, force_insert=True), by=Agent.REFERRER, now=now)
    return row
