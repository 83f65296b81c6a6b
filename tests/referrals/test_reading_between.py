"""Nobody reads from the referrer's page what became of a referral: pairs, to which different things happened.

How long a page takes is compared by its statements: milliseconds differ from run to run of one and the same page. The
pages of two who were not asked the same differ, as they must (ADR 27): here both are asked, or neither.
"""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, reset_queries
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies import limiting
from agencies.limits import Doing
from agencies.models import Agency, Notice, NoticeKind, User
from audit.agents import Agent
from audit.refusals import Forbidden, NotNow
from audit.tasks import sweep_events
from people.actions.decide_match import decide_match
from people.models import Match
from people.states import MatchState
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.decide_withdrawal import decide_withdrawal
from referrals.actions.detach_referral import detach_referral
from referrals.actions.join_referrals import join_referrals
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.restrict_record import restrict_record
from referrals.actions.submit_referral import submit_referral
from referrals.actions.withdraw_question import withdraw_question
from referrals.models import JoinKind, Referral, ToldBy, WithdrawalKind
from tests.making import BROWSER, TEACHER, dispatch_to_authority, dispatch_to_police, draft_with, officer_of
from tests.overdue import supervisor_of
from tests.referrals.asking import ASKED, Desk, cleared
from tests.referrals.at_the_desk import about
from tests.referrals.succeeding import succeeded
from tests.triage.assessing import proposed, signed, supervisor_at, whole
from triage.actions.open_deconfliction import open_deconfliction
from triage.models import Cause, GatewayAssessment, Outcome, TriageOutcome

pytestmark = pytest.mark.usefixtures("db", "on_record")
DOOR, PAGE, ASK = "/your-referral/", "/your-referral/page/", "/your-referral/new-link/"
ADD, ADDED = "/your-referral/add/", "/your-referral/added/"
# What differs from page to page by chance: token against forgery, reference, code, a request’s nonce, a question’s id.
BY_CHANCE = re.compile(r'value="[^"]{60,}"|[2-9A-Z]{4}(?:-[2-9A-Z]{4}){1,2}|nonce="[^"]*"|question/[0-9a-f-]{36}/')
SEED = 20261123


@dataclass
class One:
    """A referral, with what its referrer has."""

    referral: Referral
    code: str

    @classmethod
    def sent(cls, answers: dict[str, Any]) -> "One":
        unlike_any_other = " ".join(uuid4().hex for _word in range(12))  # no part of a flood
        draft = draft_with({**answers, "concern": unlike_any_other})
        sent = submit_referral(draft_id=draft.pk, holder=BROWSER, by=Agent.REFERRER, now=timezone.now())
        return cls(Referral.objects.get(reference=sent.reference), sent.code)


def _received(one: One) -> Any:
    dispatch = dispatch_to_police(one.referral)
    officer = officer_of(dispatch.agency)
    if dispatch.waits:
        acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer, now=timezone.now())
    return dispatch, officer


def _joined(one: One) -> None:
    dispatch, officer = _received(one)
    other = dispatch_to_police(One.sent(one.referral.answers).referral)
    join_referrals(
        dispatch_id=dispatch.pk, other_id=other.pk, kind=JoinKind.DUPLICATE, reason="Sent twice.",
        by=officer, now=timezone.now(),
    )  # fmt: skip


def _restricted(one: One) -> None:
    dispatch = dispatch_to_authority(one.referral)
    boss = supervisor_of(dispatch.agency)
    restrict_record(
        dispatch_id=dispatch.pk, named=[boss.pk, officer_of(dispatch_to_police(one.referral).agency).pk],
        reason="A colleague's family.", by=boss, now=timezone.now(),
    )  # fmt: skip


def _say_of_matches(one: One, said: MatchState, *, by: User) -> None:
    sweep_events()
    for match in Match.objects.filter(Q(one=one.referral.person_id) | Q(other=one.referral.person_id)):
        with suppress(Forbidden, NotNow):  # somebody of whom the officer sees too little, or who is on the record
            decide_match(match_id=match.pk, said=said, reason="Not known.", by=by, now=timezone.now())


def _stopped(one: One) -> None:
    dispatch, officer = _received(one)
    second = officer_of(dispatch.agency, name="Lowri Sutcliffe")
    _say_of_matches(one, MatchState.LEFT_OPEN, by=officer)
    withdrawal = report_withdrawal(
        dispatch_id=dispatch.pk, kind=WithdrawalKind.IN_ERROR, told_how=ToldBy.TELEPHONE, reason="The wrong form.",
        by=officer, now=timezone.now(),
    )  # fmt: skip
    decide_withdrawal(
        withdrawal_id=withdrawal.pk, dispatch_id=dispatch.pk, go_on=False, reason="Spoke to her.",
        by=second, now=timezone.now(),
    )  # fmt: skip


def _detached(one: One) -> None:
    dispatch, officer = _received(one)
    detach_referral(
        dispatch_id=dispatch.pk, wrong_id=one.referral.person_id,
        right={"given_names": "Somebody", "adult_or_child": "child"}, reason="Another boy.",
        by=officer, now=timezone.now(),
    )  # fmt: skip


def _fimu(one: One, outcome: Outcome) -> None:
    """FIMU answers whatever it was asked about the referral."""
    sweep_events()
    cleared(one.referral, outcome)


def _has_history(one: One) -> None:
    """Officers confirm everybody who may be the same person: the referral is a repeat."""
    _dispatch, officer = _received(one)
    _say_of_matches(one, MatchState.CONFIRMED, by=officer)


def _becomes(one: One, outcome: TriageOutcome) -> None:
    """Cleared, assessed and signed."""
    dispatch, officer = _received(one)
    _say_of_matches(one, MatchState.LEFT_OPEN, by=officer)
    _fimu(one, Outcome.CLEAR)
    row = proposed(one.referral, whole(outcome), by=officer)
    signed(row, by=supervisor_at(dispatch.agency))
    if not GatewayAssessment.objects.get(pk=row.pk).is_signed:
        signed(row, by=supervisor_at(dispatch.agency, name="Odhran Vale"))


def _asks(one: One) -> Any:
    return Desk(one.referral).asks()


def _withdraws(one: One) -> None:
    question = _asks(one)
    withdraw_question(question_id=question.pk, reason="He told us.", by=question.asked_by, now=timezone.now())


def _held_again(one: One) -> None:
    """FIMU had cleared it, is asked again because of something new, and holds."""
    _fimu(one, Outcome.CLEAR)
    open_deconfliction(referral_id=one.referral.pk, cause=Cause.NEW_INFORMATION, by=Agent.SWEEPER, now=timezone.now())
    _fimu(one, Outcome.HOLD)


BECOMES = (TriageOutcome.CHANNEL, TriageOutcome.POLICE_LED, TriageOutcome.SIGNPOSTED, TriageOutcome.DISPROVED)
# What happens to one of a pair, and not to the other. A repeat is the same pupil again; a first one, another.
STORIES: dict[str, Callable[[One], object]] = {
    "received": _received,
    "joined": _joined,
    "restricted": _restricted,
    "stopped": _stopped,
    "detached": _detached,
    "nothing": lambda one: None,
    **{f"FIMU said {outcome}": partial(_fimu, outcome=outcome) for outcome in Outcome},
    "held again": _held_again,
    **{f"it became {outcome}": partial(_becomes, outcome=outcome) for outcome in BECOMES},
    "it has a history": _has_history,
    "a question is held": _asks,
    "a question was withdrawn": _withdraws,
}
SENT_AS: dict[str, Callable[[], dict[str, Any]]] = {
    "repeat": dict,
    "first": lambda: {"given_names": f"Ivo{random.random()}", "family_name": "Zelenka", "postcode": "S71 1AA"},
    "restricted at the door": lambda: about(
        officer_of(Agency.objects.get(code="E08000038"), name="Dominik Adeyemi").name
    ),
    "danger": lambda: {"danger": "yes"},
    "area unknown": lambda: {"postcode": "", "authority": "unknown"},
}


@pytest.fixture(autouse=True)
def uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done in the future is not counted: there it would be done already."""
    monkeypatch.setattr(limiting, "LIMITS", {doing: {} for doing in Doing})


def seen(step: Callable[[], Any]) -> tuple[object, ...]:
    """What one step shows, and what it cost the database."""
    reset_queries()  # the log of a connection holds 9,000, and then forgets
    with CaptureQueriesContext(connection) as made:
        answer = step()
    body = BY_CHANCE.sub("*", answer.content.decode())
    headers = {key: value for key, value in answer.headers.items() if key.lower() != "x-request-id"}
    return answer.status_code, len(answer.content), body, headers, len(made)


def seen_by_referrer(one: One, *, days: int, email: str = TEACHER["referrer_email"]) -> Iterator[tuple[object, ...]]:
    """Everything that a referrer can see on a day: status, size, words, headers, and what it cost the database."""
    client = Client()
    steps: tuple[tuple[str, Callable[[], Any]], ...]
    steps = (
        ("enter", partial(client.post, DOOR, {"reference": one.referral.reference, "code": one.code})),
        ("page", partial(client.get, PAGE)),
        ("add", partial(client.post, ADD, {"form_id": str(uuid4()), "text": "He said it again."})),
        ("added", partial(client.get, ADDED)),
        ("wrong", partial(client.post, DOOR, {"reference": one.referral.reference, "code": "2222-2222-2222"})),
        ("again", partial(client.post, ASK, {"reference": one.referral.reference, "email": email})),
    )
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        for named in steps:
            yield named[0], *seen(named[1])
    sweep_events()
    mail = Notice.objects.filter(about=one.referral.pk, agency=None).order_by("due", "kind")
    for notice in mail:
        yield notice.kind, notice.address, notice.language, sorted(notice.details), len(notice.details.get("link", ""))


def pairs(number: int) -> Iterator[tuple[str, str, int]]:
    chance = random.Random(SEED)
    for _pair in range(number):
        yield chance.choice([*STORIES]), chance.choice([*SENT_AS]), chance.choice((0, 1, 4, 30))


def compare(number: int) -> None:
    for story, sent_as, days in pairs(number):
        plain, other = One.sent(TEACHER), One.sent({**TEACHER, **SENT_AS[sent_as]()})
        sweep_events()
        if sent_as != "restricted at the door":
            STORIES[story](other)
            sweep_events()
        assert [*seen_by_referrer(plain, days=days)] == [*seen_by_referrer(other, days=days)], (story, sent_as, days)


def test_nobody_reads_from_the_page_or_the_mail_what_became_of_a_referral() -> None:
    compare(12)


@pytest.mark.full
def test_nobody_reads_it_in_two_hundred_pairs() -> None:
    compare(200)


@pytest.mark.parametrize("story", STORIES)
def test_each_story_is_told_once(story: str) -> None:
    plain, other = One.sent(TEACHER), One.sent(TEACHER)
    STORIES[story](other)
    assert [*seen_by_referrer(plain, days=4)] == [*seen_by_referrer(other, days=4)]


def asked_of(one: One) -> None:
    """Its referrer has verified their address, and is asked something that they may be asked."""
    sweep_events()
    link = Notice.objects.get(about=one.referral.pk, kind=NoticeKind.CONFIRMATION).details["link"]
    Client().post(urlsplit(link).path, {"code": one.code})
    _fimu(one, Outcome.CLEAR)
    _asks(one)
    sweep_events()


def _held_now(one: One) -> None:
    open_deconfliction(referral_id=one.referral.pk, cause=Cause.NEW_INFORMATION, by=Agent.SWEEPER, now=timezone.now())
    _fimu(one, Outcome.HOLD)


def _asked_more(one: One) -> None:
    _held_now(one)
    _asks(one)


# What becomes of one of a pair after both were asked the same.
LATER: dict[str, Callable[[One], object]] = {
    "held": _held_now,
    "held, cleared and held again": _held_again,
    "detached": _detached,
    "asked more, which is held": _asked_more,
}


@pytest.mark.parametrize("story", LATER)
def test_what_was_asked_does_not_go_away_whatever_becomes_of_the_referral(story: str) -> None:
    plain, other = One.sent(TEACHER), One.sent({**TEACHER, **SENT_AS["first"]()})
    for one in (plain, other):
        asked_of(one)
    LATER[story](other)
    sweep_events()
    assert ASKED in str(seen := [*seen_by_referrer(plain, days=4)])
    assert seen == [*seen_by_referrer(other, days=4)]


# Somebody succeeds the referrer of one of a pair.
OWN = {"email": "m.oduya@hollybrook.example"}


def _succeeded(one: One, *, told: bool = True) -> One:
    if told:
        _fimu(one, Outcome.CLEAR)
    desk = Desk(one.referral)
    code = succeeded(desk.council, desk.lead).code
    sweep_events()
    return One(one.referral, code)


def visits(one: One) -> Client:
    client = Client()
    client.post(DOOR, {"reference": one.referral.reference, "code": one.code})
    return client


@pytest.mark.parametrize("told", [True, False], ids=["invited", "held"])
def test_the_former_reads_that_a_visit_has_ended_and_that_reference_and_code_do_not_belong_together(told: bool) -> None:
    plain, other = One.sent(TEACHER), One.sent(TEACHER)
    sweep_events()
    ended, former = visits(plain), visits(other)
    ended.get("/leave/")
    _succeeded(other, told=told)
    again = Client()
    for path in (PAGE, ADD, ADDED, "/your-referral/worry/"):
        assert seen(partial(again.get, path))[:3] == seen(partial(former.get, path))[:3], path
    wrong, theirs = (
        seen(partial(Client().post, DOOR, {"reference": each.referral.reference, "code": code}))
        for each, code in ((plain, "2222-2222-2222"), (other, other.code))
    )
    assert wrong == theirs
    nobodys, formers = (
        seen(partial(Client().post, ASK, {"reference": each.referral.reference, "email": email}))
        for each, email in ((plain, "x@elsewhere.example"), (other, TEACHER["referrer_email"]))
    )
    assert nobodys == formers
    links = [
        Notice.objects.get(about=each.referral.pk, kind=NoticeKind.CONFIRMATION).details["link"]
        for each in (plain, other)
    ]
    refused = [
        seen(partial(Client().post, urlsplit(link).path, {"code": code}))[:3]
        for link, code in zip(links, ("2222-2222-2222", other.code), strict=True)
    ]
    assert refused[0] == refused[1]


@pytest.mark.parametrize("days", [0, 4, 30])
def test_the_successors_page_is_that_of_a_referrer(days: int) -> None:
    plain, other = One.sent(TEACHER), One.sent(TEACHER)
    sweep_events()
    _fimu(plain, Outcome.CLEAR)
    successor = _succeeded(other)
    pages = [*seen_by_referrer(plain, days=days)][:6]
    assert pages == [*seen_by_referrer(successor, days=days, **OWN)][:6]
