"""Saying why one looks, for tests. In all others but the matrix nobody is asked (config/settings/test.py)."""

from datetime import datetime
from typing import Any
from unittest.mock import patch

from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency, User
from agencies.purposes import Purpose
from referrals.actions.state_purpose import state_purpose
from referrals.actions.state_search_purpose import state_search_purpose
from referrals.models import Quarantined, RecordPurpose, Referral, SearchPurpose
from referrals.purposes import ASKING
from tests.making import officer_of, submitted, with_mailboxes
from tests.referrals.writing import many, scripted

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


def held_back() -> list[Quarantined]:
    """What the quarantine holds of a flood, the eldest first."""
    with patch("referrals.actions.judge_likeness.PASS", 3):
        for each in many(scripted, 7):
            submitted(each)
    return list(Quarantined.objects.order_by("held_at", "pk"))


def desk_officer() -> User:
    """Who decides about it."""
    return officer_of(with_mailboxes(Agency.objects.get(code="national-police-desk")))


def question(referral: Referral, wanted: str) -> str:
    """Where it is asked why somebody opens a referral, and what they wanted."""
    return f"{reverse(ASKING, args=[referral.pk])}?next={wanted.replace('/', '%2F')}"
