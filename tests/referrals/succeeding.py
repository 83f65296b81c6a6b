"""Who succeeds a referrer, for tests."""

import re
from typing import Any

from django.test import Client
from django.utils import timezone

from agencies.models import Notice, NoticeKind, User
from audit.tasks import sweep_events
from referrals.actions.invite_successor import Invited
from referrals.actions.record_succession import record_succession
from referrals.actions.show_referrer import show_referrer
from referrals.models import Dispatch, SuccessionCause
from tests.referrals.asking import Desk, cleared
from tests.referrals.views.test_referrers_page import ASK, Sent

NEXT: dict[str, Any] = {
    "cause": SuccessionCause.LEFT,
    "name": "Merryn Oduya",
    "role": "Safeguarding lead",
    "email": "m.oduya@hollybrook.example",
    "phone": "01632 960 233",
    "checked": "I rang the school office on the number of its own page.",
}


def succeeded(dispatch: Dispatch, by: User, **given: Any) -> Invited:
    """An officer records that somebody succeeds the referrer."""
    made: Invited = record_succession(dispatch_id=dispatch.pk, **{**NEXT, **given}, by=by, now=timezone.now())
    return made


def shown_and_succeeded(dispatch: Dispatch, by: User, **given: Any) -> Invited:
    """The same, of a referrer who asked not to be named."""
    show_referrer(dispatch_id=dispatch.pk, reason="She left the school.", by=by, now=timezone.now())
    return succeeded(dispatch, by, **given)


def now_succeeded(desk: Desk, **given: Any) -> Invited:
    """Contact is cleared, and the council's lead records it: the successor is invited."""
    cleared(desk.referral)
    made = succeeded(desk.council, desk.lead, **given)
    sweep_events()
    return made


def invited(desk: Desk) -> Any:
    """The e-mails to successors, the first first."""
    return Notice.objects.filter(about=desk.referral.pk, kind=NoticeKind.REFERRER_INVITED).order_by("due")


def link_of(notice: Notice) -> str:
    """The address of the link in an e-mail."""
    return re.sub(r"^https?://[^/]+", "", notice.details["link"])


def asks_for_link(sent: Sent, email: str) -> Any:
    """Somebody asks for a link by reference and address."""
    return Client().post(ASK, {"reference": sent.outcome.reference, "email": email})


def links_asked_for() -> list[str]:
    """To whom links were sent that somebody asked for."""
    return [each.address for each in Notice.objects.filter(kind=NoticeKind.REFERRER_LINK).order_by("due")]
