"""A link that was withdrawn or replaced while its e-mail waited is not sent."""

from typing import Any

from django.utils import timezone

from agencies.delivery import freshens
from agencies.models import Invitation, Notice, NoticeKind


@freshens(NoticeKind.INVITATION)
def only_while_it_works(notice: Notice) -> dict[str, Any] | None:
    """The same, or nothing to say."""
    invitation = Invitation.objects.filter(pk=notice.about).first()
    details: dict[str, Any] = notice.details
    return details if invitation is not None and invitation.works(timezone.now()) else None
