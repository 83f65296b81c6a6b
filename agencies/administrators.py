"""Those who keep the service running hear what needs them: an e-mail with a link, nothing else."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from agencies.actions.send_notice import send_notice
from agencies.models import Agency, AgencyKind, Membership, NoticeKind
from agencies.roles import RoleName
from audit.actors import Actor


def tell_administrators(kind: NoticeKind, *, about: UUID, path: str, occasion: str, by: Actor, now: datetime) -> None:
    """Queue an e-mail to the system's own mailbox or, without one, to each administrator; once an occasion.

    `path` is the page to which it links, `occasion` a few words without anybody's name that differ for another.
    """
    system = Agency.objects.filter(kind=AgencyKind.SYSTEM).order_by("pk").first()
    for address in _addresses(system, now):
        send_notice(
            kind=kind,
            about=about,
            tells_of=[],
            agency=system,
            address=address,
            details={"link": settings.CASEWORK_BASE_URL + path},
            once=f"{occasion}:{address}"[:120],
            by=by,
            now=now,
        )


def _addresses(system: Agency | None, now: datetime) -> list[str]:
    if system is not None and system.email:
        return [system.email]
    held = Membership.objects.in_force(timezone.localdate(now)).filter(role=RoleName.SYSTEM_ADMINISTRATOR)
    return list(held.order_by("user__email").values_list("user__email", flat=True).distinct())
