"""A referral that two agencies have, and who works at each."""

import pytest

from agencies.models import User
from referrals.models import Referral
from tests.making import analyst_of, dispatch_to_authority, dispatch_to_police, officer_of, submitted


@pytest.fixture
def referral(db: None, on_record: None) -> Referral:
    """The teacher's, about somebody in Barnsley."""
    return submitted()


@pytest.fixture
def analyst(referral: Referral) -> User:
    """Who answers for the police."""
    return analyst_of(dispatch_to_police(referral).agency)


@pytest.fixture
def officer(referral: Referral) -> User:
    """Who works it for the police."""
    return officer_of(dispatch_to_police(referral).agency, name="Idris Falkingham")


@pytest.fixture
def lead(referral: Referral) -> User:
    """Who works it for the council."""
    return officer_of(dispatch_to_authority(referral).agency, name="Morwenna Oduya")
