"""Whoever is shown something of a referral is on the record for it, whatever page it was."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from audit.agents import Agent
from audit.context import recording
from audit.models import Entry
from referrals.models import Referral
from tests.house.one_of_each import one_of_each
from tests.house.reading import Found, name_of, undone


@pytest.fixture(scope="module")
def found(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Found]:
    """Every page of one of each."""
    with django_db_blocker.unblock(), transaction.atomic():
        with recording(by=Agent.OPERATOR), one_of_each() as house:
            found = Found()
            for client, roots in house.browsers():
                found.walk(client, roots)
            yield found
        transaction.set_rollback(True)


def test_every_page_that_shows_a_referral_puts_the_look_on_record(found: Found) -> None:
    references = [each.encode() for each in Referral.objects.values_list("reference", flat=True)]
    showing, silent = set(), set()
    for url, client in found.pages.items():
        if not url.startswith("/casework/"):
            continue
        with undone(client):
            before = Entry.objects.count()
            answer = client.get(url)
            if not answer.streaming and any(each in answer.content for each in references):
                showing.add(name_of(url))
                silent |= {name_of(url)} if Entry.objects.count() == before else set()
    assert {"desk:home", "desk:referral", "referrals:inbox", "referrals:add-document"} <= showing
    assert not silent
