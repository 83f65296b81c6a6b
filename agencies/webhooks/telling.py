"""Administrators hear that an endpoint needs them: a link to its page, nothing else."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from agencies.actions.send_notice import send_notice
from agencies.models import Agency, AgencyKind, Endpoint, Membership, NoticeKind
from agencies.roles import RoleName
from audit.actors import Actor


def tell_administrators(endpoint: Endpoint, *, occasion: str, by: Actor, now: datetime) -> None:
    """Queue an e-mail to the system's own mailbox or, without one, to each administrator; once an occasion."""
    system = Agency.objects.filter(kind=AgencyKind.SYSTEM).order_by("pk").first()
    for address in _addresses(system, now):
        send_notice(
            kind=NoticeKind.ENDPOINT_TROUBLE,
            about=endpoint.pk,
            tells_of=[],
            agency=system,
            address=address,
            details={"link": f"{settings.CASEWORK_BASE_URL}/casework/webhooks/{endpoint.agency_id}/"},
            once=f"endpoint:{endpoint.pk}:{occasion}:{address}"[:120],
            by=by,
            now=now,
        )


def _addresses(system: Agency | None, now: datetime) -> list[str]:
    if system is not None and system.email:
        return [system.email]
    held = Membership.objects.in_force(timezone.localdate(now)).filter(Q(role=RoleName.SYSTEM_ADMINISTRATOR))
    return list(held.order_by("user__email").values_list("user__email", flat=True).distinct())
