"""Addresses that go into e-mail: ids only."""

from uuid import UUID

from django.conf import settings


def request_link(request_id: UUID) -> str:
    """Where officers of both agencies read an information request, after signing in."""
    return f"{settings.CASEWORK_BASE_URL}/casework/requests/{request_id}/"
