"""Addresses that go into e-mail: ids only. Written out, because a node of the public form routes to no casework."""

from uuid import UUID

from django.conf import settings

from referrals.models import Dispatch


def referral_link(referral_id: UUID) -> str:
    """Where an officer of an agency that has the referral reads it, after signing in."""
    return f"{settings.CASEWORK_BASE_URL}/casework/referrals/{referral_id}/"


def dispatch_link(dispatch: Dispatch) -> str:
    """Where an officer of the dispatch's agency reads the referral, after signing in."""
    return referral_link(dispatch.referral_id)


def inbox_link(*, narrowed: str) -> str:
    """The inbox with these filters in its address, such as `assigned=nobody`."""
    return f"{settings.CASEWORK_BASE_URL}/casework/inbox/?{narrowed}"


def waiting_link() -> str:
    """Where supervisors and national desks see what waits for receipt."""
    return f"{settings.CASEWORK_BASE_URL}/casework/waiting/"


def emergencies_link() -> str:
    """Where emergency accesses are listed for who reviews them."""
    return f"{settings.CASEWORK_BASE_URL}/casework/emergencies/"
