"""Handing one notice to the mail server."""

from collections.abc import Callable
from datetime import datetime
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from agencies.models import Notice, NoticeKind
from audit.actors import Actor

# About ten hours of trying; then the notice is dead, listed as undelivered, and can be replayed.
GIVE_UP_AFTER = 20

# What the notice says now; None when there is nothing left to say.
Freshen = Callable[[Notice], dict[str, Any] | None]
_freshened: dict[str, Freshen] = {}


def freshens(kind: NoticeKind) -> Callable[[Freshen], Freshen]:
    """Register a function of a higher room that is asked for the details of a kind of notice as it is sent."""

    def register(function: Freshen) -> Freshen:
        _freshened[kind] = function
        return function

    return register


def still_to_say(notice: Notice) -> bool:
    """Bring the notice's details up to date; whether anything is left to say."""
    freshen = _freshened.get(notice.kind)
    if freshen is None:
        return True
    details = freshen(notice)
    if details is not None:
        notice.details = details
    return details is not None


def deliver(*, row: Notice, by: Actor, now: datetime) -> None:
    """Send one notice by SMTP, unless it has nothing left to say.

    Its Message-ID is its own id, so that a repeat is known as one.

    Raises OSError or smtplib.SMTPException when the server does not take it, SMTPRecipientsRefused for a notice
    without an address: Django sends that to nobody and is content.
    """
    if not still_to_say(row):
        return
    if not row.address:
        raise SMTPRecipientsRefused({})
    message_for(row).send()


def message_for(notice: Notice) -> EmailMessage:
    """The e-mail of a notice, in its language: first line of the template the subject, the rest the body."""
    with override(notice.language):
        text = render_to_string(f"emails/{notice.kind}.txt", notice.details).strip()
    subject, _, body = text.partition("\n")
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
    return EmailMessage(
        subject=subject.strip(),
        body=body.strip() + "\n",
        to=[notice.address],
        headers={
            "Message-ID": f"<{notice.pk}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": notice.language,
        },
    )
