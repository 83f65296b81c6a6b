"""Addresses that go into e-mail: ids only."""

from uuid import UUID

from django.conf import settings

from referrals.models import Dispatch


def referral_link(referral_id: UUID) -> str:
    """Where an officer of an agency that has the referral reads it, after signing in."""
    return f"{settings.CASEWORK_BASE_URL}/casework/referrals/{referral_id}/"


def dispatch_link(dispatch: Dispatch) -> str:
    """Where an officer of the dispatch's agency reads the referral, after signing in."""
    return referral_link(dispatch.referral_id)


def emergencies_link() -> str:
    """Where emergency accesses are listed for who reviews them."""
    return f"{settings.CASEWORK_BASE_URL}/casework/emergencies/"
