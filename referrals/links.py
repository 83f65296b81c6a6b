"""Addresses that go into e-mail: ids only."""

from django.conf import settings

from referrals.models import Dispatch


def dispatch_link(dispatch: Dispatch) -> str:
    """Where an officer of the dispatch's agency reads the referral, after signing in."""
    return f"{settings.CASEWORK_BASE_URL}/casework/referrals/{dispatch.referral_id}/"
