"""Saying why one looks, for tests. In all others but the matrix nobody is asked (config/settings/test.py)."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from agencies.models import User
from agencies.purposes import Purpose
from referrals.actions.state_purpose import state_purpose
from referrals.actions.state_search_purpose import state_search_purpose
from referrals.models import RecordPurpose, Referral, SearchPurpose

WORDS = "His school rang and asked for us."
GIVEN = {"purpose": Purpose.COVERING.value, "words": WORDS}


def asks(settings: Any) -> None:
    """From now on the house asks, as in life."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, settings.ASKS_FOR_A_PURPOSE]


def stated(referral: Referral, *, by: User, now: datetime | None = None) -> RecordPurpose:
    """Somebody has said why they open a referral."""
    return state_purpose(
        referral_id=referral.pk, purpose=Purpose.COVERING, words=WORDS, by=by, now=now or timezone.now()
    )


def searching(user: User) -> SearchPurpose:
    """Somebody has said today why they search: that is asked in every test."""
    return state_search_purpose(purpose=Purpose.COVERING, words=WORDS, by=user, now=timezone.now())
