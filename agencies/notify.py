"""E-mail by GOV.UK Notify. It keeps what it is sent for days, so it is sent a reference and a link, never a name."""

from typing import Any
from uuid import UUID

from django.conf import settings
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from agencies.models import Notice
from audit.due import GivenUp

SECONDS = 8
# What a template of Notify may be told, whatever else the details of a notice hold: references, links, numbers.
SAID = ("reference", "link", "minutes", "count", "page", "held", "groups", "immediate")
# Notify's "not now" and what an operator can put right: a wrong key, a wrong clock.
LATER = frozenset({401, 403, 408, 425, 429})


class NotifyUnavailable(Exception):
    """Notify is away, busy, over its limit, or does not know our key: try again later."""


class NotifyRefused(GivenUp):
    """Notify will never take this: no such address, no such template."""


class NotifyTemplateMissing(LookupError):
    """The settings name no template for this kind of notice."""


def send_by_notify(notice: Notice) -> None:
    """Hand it to Notify under its own id as reference, and keep Notify's id of this sending for the receipt.

    Raises NotifyTemplateMissing, NotifyUnavailable, NotifyRefused.
    """
    client = NotificationsAPIClient(settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_BASE_URL, timeout=SECONDS)
    try:
        taken = client.send_email_notification(
            email_address=notice.address,
            template_id=template_of(notice),
            personalisation=said_of(notice),
            reference=str(notice.pk),
        )
    except APIError as error:
        # `from None`: the client's exception holds the request, and with it the address.
        if 400 <= error.status_code < 500 and error.status_code not in LATER:
            raise NotifyRefused from None
        raise NotifyUnavailable from None
    notice.changed(sent_as=UUID(taken["id"]), receipt="")


def said_of(notice: Notice) -> dict[str, Any]:
    """What fills the template: a digest's lines become "referrals", each a reference and its link."""
    told = {name: notice.details[name] for name in SAID if name in notice.details}
    lines = [line for value in notice.details.values() if isinstance(value, list) for line in value]
    if lines:
        told["referrals"] = [" ".join(line[name] for name in ("reference", "link") if line.get(name)) for line in lines]
    return told


def template_of(notice: Notice) -> str:
    """The id of its template in its language, else in English. Raises NotifyTemplateMissing."""
    known: dict[str, str] = settings.NOTIFY_TEMPLATES
    found = known.get(f"{notice.kind}.{notice.language}") or known.get(notice.kind)
    if not found:
        raise NotifyTemplateMissing(notice.kind)
    return found
