"""Whoever sent a referral can keep a copy: in the browser that sent it, for an hour, on the record."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from audit.agents import Agent
from audit.context import recording
from audit.ledger import read_payload
from audit.models import Entry
from documents.actions.conclude_scan import conclude_scan
from documents.clamd import Verdict
from referrals.actions.submit_referral import submit_referral
from referrals.copies import OFFERED_FOR, referrers_copy
from referrals.holding import Holder
from referrals.models import Referral
from tests.documents.making import TEXT, added, uploaded
from tests.making import PUBLIC, TEACHER, dispatch_to_authority, officer_of
from tests.referrals.answering import SHORTEST
from tests.referrals.views.conftest import Visitor

pytestmark = pytest.mark.usefixtures("on_record")


@pytest.fixture
def sent(visitor: Visitor) -> Visitor:
    visitor.has_answered(TEACHER)
    visitor.post(visitor.url("check"))
    return visitor


def test_the_confirmation_offers_a_copy_and_the_browser_gets_it(sent: Visitor) -> None:
    assert sent.url("copy") in sent.see("sent").content.decode()
    answer = sent.see("copy")
    reference = Referral.objects.get().reference
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == f'attachment; filename="referral-{reference}.pdf"'
    assert "no-store" in answer["Cache-Control"]


def test_a_copy_is_a_disclosure_on_the_record(sent: Visitor) -> None:
    sent.see("copy")
    entry = Entry.objects.get(kind=Entry.Kind.DISCLOSED, object_id=Referral.objects.get().pk)
    assert entry.actor == Agent.REFERRER.pk
    with recording(by=Agent.OPERATOR):
        assert read_payload(entry)["recipient"] == "referrer"


def test_after_an_hour_the_page_stays_and_the_copy_is_gone(sent: Visitor) -> None:
    with time_machine.travel(timezone.now() + OFFERED_FOR + timedelta(seconds=1), tick=False):
        assert sent.url("copy") not in sent.see("sent").content.decode()
        assert sent.see("copy").headers["Location"] == sent.url("sent")


def test_before_sending_there_is_no_copy(visitor: Visitor) -> None:
    visitor.has_answered(TEACHER)
    assert visitor.see("copy").headers["Location"] == visitor.url("sent")


@pytest.mark.parametrize("answers", [TEACHER, PUBLIC])
def test_the_copy_has_every_answer_and_the_reference_but_not_the_code(
    visitor: Visitor, answers: dict[str, Any]
) -> None:
    visitor.has_answered(answers)
    visitor.post(visitor.url("check"))
    code = (visitor.draft.outcome or {})["code"]
    paper = referrers_copy(Referral.objects.select_related("referrer").get(), now=timezone.now())
    text = "\n".join(value for part in paper.parts for _label, values in part.rows for value in values)
    assert answers["concern"] in text
    assert Referral.objects.get().reference in paper.title
    assert code not in text + paper.title + paper.footer + "".join(paper.introduction)


def test_of_oneself_it_speaks_as_to_oneself(visitor: Visitor) -> None:
    visitor.has_answered(SHORTEST["self"])
    visitor.post(visitor.url("check"))
    paper = referrers_copy(Referral.objects.select_related("referrer").get(), now=timezone.now())
    assert "about you" in paper.introduction[0]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_copy_has_the_files_that_were_sent_and_the_moment(visitor: Visitor, language: str) -> None:
    visitor.has_answered(TEACHER)
    holder = Holder(Agent.REFERRER, visitor.draft.browser)
    uploaded(visitor.draft, TEXT, "letter.txt", holder=holder)
    bad = uploaded(visitor.draft, TEXT, "bad.txt", holder=holder)
    conclude_scan(file_id=bad.pk, verdict=Verdict.INFECTED, by=Agent.SWEEPER, now=timezone.now())
    noon = datetime.fromisoformat("2026-08-01T12:00:00+00:00")
    submit_referral(draft_id=visitor.draft_id, holder=holder, by=holder.by, now=noon)
    referral = Referral.objects.select_related("referrer").get()
    dispatch = dispatch_to_authority(referral)
    added(dispatch, officer_of(dispatch.agency), name="officers.txt")
    with override(language):
        paper = referrers_copy(referral, now=timezone.now())
    moment, files = paper.parts[0].rows, paper.parts[-1].rows
    refused = "(not accepted: harmful)" if language == "en" else "(heb ei derbyn: niweidiol)"
    august = "August" if language == "en" else "Awst"
    assert moment == [("Sent" if language == "en" else "Anfonwyd", [f"1 {august} 2026, 13:00"])]
    assert files[0][1] == ["letter.txt", f"bad.txt {refused}"]
