"""A worry about the handling goes to those who supervise, and is answered by somebody who does not work it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from agencies.models import Agency, Notice, NoticeKind
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from desk.paper import paper_of
from desk.shown import shown_to
from referrals.actions.answer_worry import answer_worry
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.restrict_record import restrict_record
from referrals.actions.tell_referrer import tell_referrer
from referrals.models import Worry
from referrals.released import Released
from referrals.selectors import readable_referral
from tests.making import reread
from tests.overdue import supervisor_of
from tests.referrals.asking import Desk, cleared
from tests.referrals.test_asking import officers, seen_by_officers
from tests.referrals.views.test_referrers_page import DOOR, PAGE, Sent, uncounted, words
from tests.referrals.worrying import WORRIED

__all__ = ["uncounted"]
pytestmark = pytest.mark.usefixtures("db", "on_record", "uncounted")
WORRY = "/your-referral/worry/"


@pytest.fixture
def sent() -> Sent:
    return Sent()


@pytest.fixture
def desk(sent: Sent) -> Desk:
    return Desk(sent.referral)


def worries(sent: Sent, **given: Any) -> tuple[Client, Any]:
    client, _entered = sent.enter()
    assert WORRY in words(client.get(PAGE))
    return client, client.post(WORRY, {"form_id": str(uuid4()), "text": WORRIED, **given})


def answers(worry: Worry, by: Any) -> Worry:
    found: Worry = answer_worry(worry_id=worry.pk, answer="Spoke to him.", by=by, now=timezone.now())
    return found


def test_it_goes_to_those_who_supervise_both_agencies_and_not_into_the_mailbox(sent: Sent, desk: Desk) -> None:
    bosses = [supervisor_of(each.agency) for each in (desk.council, desk.police)]
    client, answer = worries(sent)
    assert "asked to look into it" in words(client.get(answer.headers["Location"]))
    told = Notice.objects.filter(kind=NoticeKind.WORRY_RAISED)
    assert {notice.address for notice in told} == {boss.email for boss in bosses}
    for boss in bosses:
        assert "Look into what worries the referrer" in words(officers(desk, boss).get("/casework/"))
        assert WORRIED.split("'")[0] in seen_by_officers(desk, boss)
    shown = seen_by_officers(desk)
    assert "Raised a worry about the handling." in shown
    assert WORRIED.split("'")[0] not in shown


def test_where_nobody_supervises_the_agency_is_told(sent: Sent, desk: Desk) -> None:
    worries(sent)
    assert {worry.agency for worry in Worry.objects.all()} == {desk.council.agency, desk.police.agency}
    assert EventRecord.objects.filter(kind=Event.WORRY_RAISED).count() == 1


def test_a_supervisor_who_does_not_work_it_answers_for_the_record(sent: Sent, desk: Desk) -> None:
    boss, other = supervisor_of(desk.council.agency), supervisor_of(desk.council.agency, name="Una Farrant")
    worries(sent)
    worry = Worry.objects.get(agency=desk.council.agency)
    assign_dispatch(dispatch_id=desk.council.pk, to_id=boss.pk, by=boss, now=timezone.now())
    page = f"/casework/worries/{worry.pk}/answer/"
    assert "Somebody else who supervises answers" in words(officers(desk, reread(boss)).get(page))
    assert officers(desk, reread(boss)).post(page, {"reason": "I did nothing wrong."}).status_code == 404
    for nobody in (boss, desk.lead, desk.officer, supervisor_of(desk.police.agency)):
        with pytest.raises(Forbidden):
            answers(worry, nobody)
    assert "Give the reason" in words(officers(desk, other).post(page, {"reason": "\u200b"}))
    officers(desk, other).post(page, {"reason": "We spoke with him, and wrote to the aunt."})
    shown = seen_by_officers(desk, other)
    assert "and wrote to the aunt." in shown
    assert "Answered a worry about the handling, for the record." in shown
    client, _entered = sent.enter()
    assert "wrote to the aunt" not in words(client.get(PAGE))
    with pytest.raises(NotNow):
        answers(worry, other)


def test_beside_an_answer_stands_the_way_to_release_words_where_that_is_allowed(sent: Sent, desk: Desk) -> None:
    boss = supervisor_of(desk.council.agency)
    worries(sent)
    answers(Worry.objects.get(agency=desk.council.agency), boss)
    offer = "Release words to the referrer about this"
    assert offer not in seen_by_officers(desk, boss), "contact is not cleared, and no address is verified"
    Client().post(sent.links[0], {"code": sent.outcome.code})
    cleared(desk.referral)
    assert offer in seen_by_officers(desk, boss)
    assert offer not in words(officers(desk, boss).get(f"/casework/referrals/{desk.referral.pk}/print/"))


def test_the_paper_holds_worries_and_released_words_for_whoever_reads_them(sent: Sent, desk: Desk) -> None:
    boss = supervisor_of(desk.council.agency)
    Client().post(sent.links[0], {"code": sent.outcome.code})
    cleared(desk.referral)
    tell_referrer(dispatch_id=desk.council.pk, words=Released.READ, by=desk.lead, now=timezone.now())
    worries(sent)
    worries(sent, text="Nobody rang.")
    answers(Worry.objects.filter(agency=desk.council.agency).earliest("raised_at"), boss)
    said = {}
    for reader in (boss, desk.lead):
        referral = readable_referral(reread(reader), desk.referral.pk)
        paper = paper_of(shown_to(reread(reader), referral, now=timezone.now()), reader=reader, now=timezone.now())
        said[reader] = str(paper.parts)
    for words_said in ("Nobody rang.", "Spoke to him.", "Nobody has answered yet."):
        assert words_said in said[boss]
        assert words_said not in said[desk.lead]
    assert all(str(Released.READ.label) in each for each in said.values())


def test_one_that_nobody_answers_is_overdue(sent: Sent, desk: Desk) -> None:
    boss = supervisor_of(desk.council.agency)
    worries(sent)
    with time_machine.travel(timezone.now() + timedelta(days=60), tick=False):
        assert Worry.objects.get(agency=desk.council.agency).is_overdue(timezone.now())
        assert "Overdue by" in words(officers(desk, boss).get("/casework/"))


def test_from_whom_the_record_is_kept_no_worry_about_it_is_shown(sent: Sent, desk: Desk) -> None:
    boss, other = supervisor_of(desk.council.agency), supervisor_of(desk.council.agency, name="Una Farrant")
    restrict_record(
        dispatch_id=desk.council.pk, named=[boss.pk, desk.officer.pk], reason="Family.", by=boss, now=timezone.now()
    )
    worries(sent)
    assert boss.email in {notice.address for notice in Notice.objects.filter(kind=NoticeKind.WORRY_RAISED)}
    assert other.email not in {notice.address for notice in Notice.objects.filter(kind=NoticeKind.WORRY_RAISED)}
    with pytest.raises(Forbidden):
        answers(Worry.objects.get(agency=desk.council.agency), other)


def test_a_form_that_is_sent_twice_raises_it_once_and_what_says_nothing_is_said(sent: Sent, desk: Desk) -> None:
    once = str(uuid4())
    for _time in range(2):
        worries(sent, form_id=once)
    assert Worry.objects.count() == 2
    for text in ("", "\u200b", "x" * 20_001):
        assert "Error: " in words(worries(sent, text=text)[1])
    worries(sent, form_id="")
    assert Worry.objects.count() == 4
    assert Client().post(WORRY, {"text": WORRIED}).headers["Location"] == DOOR


def test_an_agency_elsewhere_finds_nothing(sent: Sent, desk: Desk) -> None:
    worries(sent)
    elsewhere = supervisor_of(Agency.objects.get(code="E08000032"))
    worry = Worry.objects.get(agency=desk.council.agency)
    assert officers(desk, elsewhere).get(f"/casework/worries/{worry.pk}/answer/").status_code == 404
