"""Addresses of the triage room in e-mails."""

from uuid import UUID

from django.conf import settings


def partnership_link(partnership_id: UUID) -> str:
    """Where the police read a partnership, after signing in."""
    return f"{settings.CASEWORK_BASE_URL}/casework/partnerships/{partnership_id}/"


def urgency_link(urgency_id: UUID) -> str:
    """Where the police desk reads what went ahead before contact was cleared, after signing in."""
    return f"{settings.CASEWORK_BASE_URL}/casework/urgent/{urgency_id}/"
