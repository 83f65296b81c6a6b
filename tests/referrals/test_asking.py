"""An officer asks the referrer: held until contact is cleared, sent by an officer, answered on the referrer's page."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from agencies.models import Agency, Notice, NoticeKind
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from audit.tasks import sweep_events
from people.clearance import is_cleared
from referrals.actions.answer_question import answer_question
from referrals.actions.withdraw_question import withdraw_question
from referrals.holding import Holder
from referrals.models import Question, ReferrerLink, Task
from referrals.states import QuestionState
from tests.making import PUBLIC, officer_of
from tests.overdue import supervisor_of
from tests.referrals.asking import ASKED, Desk, cleared
from tests.referrals.views.test_referrers_page import DOOR, PAGE, Sent, uncounted, words
from triage.models import Deconfliction, Outcome

__all__ = ["uncounted"]
pytestmark = pytest.mark.usefixtures("db", "on_record", "uncounted")
SAID = "On Monday, after the match."


@pytest.fixture
def sent() -> Sent:
    return Sent()


@pytest.fixture
def desk(sent: Sent) -> Desk:
    return Desk(sent.referral)


def page_of(sent: Sent) -> str:
    client, _entered = sent.enter()
    return words(client.get(PAGE))


def officers(desk: Desk, user: Any = None) -> Client:
    client = Client()
    client.force_login(user or desk.lead)
    return client


def seen_by_officers(desk: Desk, user: Any = None) -> str:
    return words(officers(desk, user).get(f"/casework/referrals/{desk.referral.pk}/"))


def answers(sent: Sent, question: Question, text: str = SAID) -> tuple[Client, Any]:
    client, _entered = sent.enter()
    return client, client.post(f"/your-referral/question/{question.pk}/", {"text": text})


def asked_and_sent(desk: Desk) -> Question:
    cleared(desk.referral)
    return desk.asks()


def test_without_clearance_it_is_held_and_officers_see_what_it_waits_for(sent: Sent, desk: Desk) -> None:
    question = desk.asks()
    assert question.state == QuestionState.HELD
    assert ASKED not in page_of(sent)
    assert "Our questions to you" not in page_of(sent)
    shown = seen_by_officers(desk)
    assert ASKED in shown
    assert "It waits until the police have cleared contact" in shown
    assert "Send the question" not in shown
    with pytest.raises(NotNow, match="not cleared contact"):
        desk.sends(question)


@pytest.mark.parametrize("outcome", [Outcome.HOLD, Outcome.REFER])
def test_no_answer_that_clears_nothing_lets_a_question_through(desk: Desk, outcome: Outcome) -> None:
    cleared(desk.referral, outcome)
    assert desk.asks().state == QuestionState.HELD


def test_when_contact_is_cleared_an_officer_is_asked_to_send_it_and_sends_it(sent: Sent, desk: Desk) -> None:
    question = desk.asks()
    assert "Questions that can be sent" not in words(officers(desk).get("/casework/"))
    cleared(desk.referral)
    question.refresh_from_db()
    assert question.state == QuestionState.HELD, "the moment of clearance is nobody's to read"
    assert "Send the question to the referrer, or withdraw it" in words(officers(desk).get("/casework/"))
    answer = officers(desk).post(f"/casework/questions/{question.pk}/send/")
    assert answer.headers["Location"] == f"/casework/referrals/{desk.referral.pk}/"
    assert ASKED in page_of(sent)
    assert "Sent a question to the referrer." in seen_by_officers(desk, desk.officer)


def test_where_contact_is_cleared_it_is_sent_at_once(sent: Sent, desk: Desk) -> None:
    assert asked_and_sent(desk).state == QuestionState.RELEASED
    assert ASKED in page_of(sent)


def test_a_clearance_that_ended_as_the_officer_looked_is_noticed(desk: Desk) -> None:
    question = desk.asks()
    cleared(desk.referral)
    with time_machine.travel(timezone.now() + timedelta(days=200), tick=False), pytest.raises(NotNow):
        desk.sends(question)


def test_once_shown_it_stays_and_is_answered_whatever_becomes_of_the_clearance(sent: Sent, desk: Desk) -> None:
    question = asked_and_sent(desk)
    before = page_of(sent)
    client, _entered = sent.enter()
    client.post("/your-referral/add/", {"text": "Something new."})
    sweep_events()
    assert not is_cleared(desk.referral.person_id)
    assert re.sub(r'name="csrf.*|nonce="\S+"', "", page_of(sent)) == re.sub(r'name="csrf.*|nonce="\S+"', "", before)
    answers(sent, question)
    question.refresh_from_db()
    assert (question.state, question.answer, question.answered_by) == (
        QuestionState.ANSWERED,
        SAID,
        Agent.REFERRER.pk,
    )


def test_the_answer_is_new_information_and_a_task_and_stands_on_the_page(sent: Sent, desk: Desk) -> None:
    question = asked_and_sent(desk)
    client, answer = answers(sent, question)
    assert "Thank you for telling us" in words(client.get(answer.headers["Location"]))
    sweep_events()
    assert not is_cleared(desk.referral.person_id)
    assert Deconfliction.objects.filter(referral=desk.referral).count() == 2
    assert {task.agency for task in Task.objects.all()} == {desk.council.agency, desk.police.agency}
    shown = seen_by_officers(desk, desk.officer)
    assert SAID in shown
    assert "Answered a question." in shown
    mine = page_of(sent)
    assert "You answered a question on" in mine
    assert SAID not in mine
    assert ASKED not in mine


def test_an_answer_is_never_edited(sent: Sent, desk: Desk) -> None:
    question = asked_and_sent(desk)
    answers(sent, question)
    _client, again = answers(sent, question, "No, on Tuesday.")
    assert again.headers["Location"] == PAGE
    sent.enter()
    holder = Holder(Agent.REFERRER, client_browser())
    answer_question(question_id=question.pk, words="x", holder=holder, by=Agent.REFERRER, now=timezone.now())
    question.refresh_from_db()
    assert question.answer == SAID
    assert EventRecord.objects.filter(kind=Event.QUESTION_ANSWERED).count() == 1


def client_browser() -> str:
    """Of the browser in which the page was opened last."""
    from referrals.models import ReferrerVisit

    found: str = ReferrerVisit.objects.latest("began_at").browser
    return found


@pytest.mark.parametrize("text", ["", "\u200b\u3164", "x" * 20_001, "x\0y"])
def test_what_is_no_answer_is_said_and_nothing_typed_is_lost(sent: Sent, desk: Desk, text: str) -> None:
    question = asked_and_sent(desk)
    _client, answer = answers(sent, question, text)
    assert answer.status_code == 200
    assert "Error: " in words(answer)
    assert ASKED in words(answer)


def test_a_question_that_is_held_withdrawn_or_of_another_referral_opens_nothing(sent: Sent, desk: Desk) -> None:
    held, withdrawn = desk.asks(), desk.asks("And who was there?")
    withdraw_question(question_id=withdrawn.pk, reason="He told us.", by=desk.lead, now=timezone.now())
    other = Desk(Sent().referral)
    elsewhere = asked_and_sent(other)
    for question in (held, withdrawn, elsewhere):
        _client, answer = answers(sent, question)
        assert answer.headers["Location"] == PAGE
        with pytest.raises(Forbidden):
            answer_question(
                question_id=question.pk,
                words=SAID,
                holder=Holder(Agent.REFERRER, client_browser()),
                by=Agent.REFERRER,
                now=timezone.now(),
            )
    assert Client().get(f"/your-referral/question/{elsewhere.pk}/").headers["Location"] == DOOR


def test_the_anonymous_referrer_reads_and_answers_with_reference_and_code_alone() -> None:
    sent = Sent(PUBLIC)
    desk = Desk(sent.referral)
    question = asked_and_sent(desk)
    sweep_events()
    assert not Notice.objects.filter(kind=NoticeKind.REFERRER_CALLED).exists()
    assert ASKED in page_of(sent)
    answers(sent, question)
    question.refresh_from_db()
    assert question.is_answered


def test_a_verified_address_is_told_that_something_is_there_and_not_what(sent: Sent, desk: Desk) -> None:
    asked_and_sent(desk)
    sweep_events()
    called = Notice.objects.filter(kind=NoticeKind.REFERRER_CALLED)
    assert not called.exists()
    Client().post(sent.links[0], {"code": sent.outcome.code})
    desk.asks("Who else was there?")
    sweep_events()
    (notice,) = called
    assert sorted(notice.details) == ["link", "reference"]
    assert notice.details["reference"] == sent.outcome.reference
    assert ReferrerLink.objects.filter(made_by=Agent.SWEEPER.pk, used_at=None).exists()


def test_only_what_the_referrer_has_not_seen_is_withdrawn_and_with_a_reason(desk: Desk) -> None:
    held = desk.asks()
    page = f"/casework/questions/{held.pk}/withdraw/"
    assert "Give the reason" in words(officers(desk).post(page, {"reason": " "}))
    officers(desk).post(page, {"reason": "He told us himself."})
    shown = seen_by_officers(desk)
    assert "He told us himself." in shown
    assert "Withdrew a question that the referrer had not been shown." in shown
    cleared(desk.referral)
    seen = desk.asks("Who else was there?")
    with pytest.raises(NotNow):
        withdraw_question(question_id=seen.pk, reason="A mistake.", by=desk.lead, now=timezone.now())
    with pytest.raises(NotNow):
        desk.sends(held)


def test_nobody_but_the_agency_that_asks_sends_or_withdraws_it(desk: Desk) -> None:
    question = desk.asks()
    cleared(desk.referral)
    neighbour = officer_of(Agency.objects.get(code="E08000032"), name="Adeel Kershaw")
    for user in (desk.officer, neighbour):
        with pytest.raises(Forbidden):
            desk.sends(question, by=user)
        with pytest.raises(Forbidden):
            withdraw_question(question_id=question.pk, reason="No.", by=user, now=timezone.now())
        assert officers(desk, user).get(f"/casework/questions/{question.pk}/withdraw/").status_code == 404
    assert "Send the question" not in seen_by_officers(desk, desk.officer)
    colleague = supervisor_of(desk.council.agency)
    assert desk.sends(question, by=colleague).state == QuestionState.RELEASED


def test_the_form_says_what_will_happen_and_refuses_what_says_nothing(desk: Desk) -> None:
    page = f"/casework/dispatches/{desk.council.pk}/ask-referrer/"
    assert "Your question is held" in words(officers(desk).get(page))
    assert "Write the question" in words(officers(desk).post(page, {"words": "\u200b"}))
    cleared(desk.referral)
    assert "as soon as you send it" in words(officers(desk).get(page))
    officers(desk).post(page, {"words": ASKED})
    assert Question.objects.get().state == QuestionState.RELEASED


def test_the_page_of_the_referral_says_when_the_referrer_was_last_heard(sent: Sent, desk: Desk) -> None:
    assert "Not heard since they sent it." in seen_by_officers(desk)
    sent.enter()
    shown = seen_by_officers(desk)
    assert "Last heard: " in shown
    assert "No e-mail address of theirs is verified" in shown
    Client().post(sent.links[0], {"code": sent.outcome.code})
    assert "Their e-mail address is verified." in seen_by_officers(desk)
    contact = words(officers(desk).get(f"/casework/person/{desk.referral.person_id}/contact/?with=referrer"))
    assert re.search(r'value="referrer"[^>]*checked', contact)
