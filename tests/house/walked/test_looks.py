"""Whoever is shown something of a referral is on the record for it, whatever page it was."""

from audit.models import Entry
from referrals.models import Referral
from tests.house.reading import name_of, undone
from tests.house.walked.conftest import Walked


def test_every_page_that_shows_a_referral_puts_the_look_on_record(walked: Walked) -> None:
    references = [each.encode() for each in Referral.objects.values_list("reference", flat=True)]
    showing, silent = set(), set()
    for url, client in walked.found.pages.items():
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
