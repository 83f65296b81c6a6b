"""Handing one notice to the channel that the settings name: a mail server, or GOV.UK Notify."""

from collections.abc import Callable
from datetime import datetime
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from agencies.actions.send_notice import send_notice
from agencies.kept_mail import may_be_told, told_instead
from agencies.models import Notice, NoticeKind
from agencies.notify import send_by_notify
from audit.actors import Actor

# About ten hours of trying; then the notice is dead, listed as undelivered, and can be replayed.
GIVE_UP_AFTER = 20

# Why one was settled without being sent.
NOTHING_LEFT, KEPT = "nothing_left", "kept"

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


def deliver(*, row: Notice, by: Actor, now: datetime) -> str:
    """Send one notice by the channel of the settings, unless it has nothing left to say, or tells of what is kept.

    A referral may have been restricted, or have gone to the restricted desks, while its mail waited: then those of the
    agency are told who may know of it. It goes under its own id, so that a repeat is known as one. Returns why it was
    not sent; nothing where it was.

    Raises SMTPRecipientsRefused for a notice without an address, which Django would send to nobody and be content;
    and what the channel raises when it does not take it.
    """
    if not still_to_say(row):
        return NOTHING_LEFT
    if not may_be_told(row):
        _tell_instead(row, by=by, now=now)
        return KEPT
    if not row.address:
        raise SMTPRecipientsRefused({})
    CHANNELS[settings.MAIL_CHANNEL](row)
    return ""


def _tell_instead(notice: Notice, *, by: Actor, now: datetime) -> None:
    for user in told_instead(notice):
        send_notice(
            kind=NoticeKind(notice.kind),
            about=notice.about,
            tells_of=notice.tells_of,
            agency=notice.agency,
            key_of=notice.key_of,
            address=user.email,
            details=notice.details,
            language=notice.language,
            once=f"instead:{notice.pk}:{user.pk}",
            by=by,
            now=now,
        )


def send_by_smtp(notice: Notice) -> None:
    """Hand it to the mail server; its Message-ID is its own id. Raises OSError or smtplib.SMTPException."""
    message_for(notice).send()


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


CHANNELS: dict[str, Callable[[Notice], None]] = {"smtp": send_by_smtp, "notify": send_by_notify}
