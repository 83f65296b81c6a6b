"""A referral that two agencies have, an officer of each, and somebody elsewhere."""

import pytest

from agencies.models import Agency, User
from referrals.models import Referral
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted


@pytest.fixture
def referral(db: None, on_record: None) -> Referral:
    """The teacher's, about somebody in Barnsley."""
    return submitted()


@pytest.fixture
def lead(referral: Referral) -> User:
    """Who works it for the council."""
    return officer_of(dispatch_to_authority(referral).agency, name="Morwenna Oduya")


@pytest.fixture
def officer(referral: Referral) -> User:
    """Who works it for the police."""
    return officer_of(dispatch_to_police(referral).agency, name="Idris Falkingham")


@pytest.fixture
def stranger(referral: Referral) -> User:
    """Who works for a council that has not got it."""
    return officer_of(Agency.objects.get(code="E08000032"), name="Adeel Kershaw")
