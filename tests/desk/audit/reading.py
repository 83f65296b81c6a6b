"""Reading of the ledger's pages, and looks to be found there."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from agencies.models import User
from audit.access import looked
from audit.actors import Actor
from audit.models import Entry
from desk.audit.selectors import entries_for, page_of
from desk.audit.sentences import Line, lines
from referrals.models import Referral


def opened(referral: Referral, *, by: Actor) -> None:
    """Somebody opens a referral's page."""
    looked(kind=Entry.Kind.VIEWED, at_object=referral, by=by, now=timezone.now())


def read_by(reader: User, **where: Any) -> list[Line]:
    """What an auditor reads, the latest first."""
    return lines(reader, page_of(entries_for(reader).filter(**where), {}, size=500).rows)


def sentences(reader: User, **where: Any) -> list[str]:
    """The same as plain sentences."""
    return [f"{line.who} ({line.office}) {line.said}" for line in read_by(reader, **where)]


def page(client: Client, reader: User, name: str, *args: Any, **query: Any) -> str:
    """The words of one page."""
    client.force_login(reader)
    answer = client.get(reverse(f"desk:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return " ".join(strip_tags(answer.content.decode()).split())


def refuses(client: Client, reader: User, name: str, *args: Any) -> bool:
    """Whether a page is absent to somebody."""
    client.force_login(reader)
    return client.get(reverse(f"desk:{name}", args=args)).status_code == 404
