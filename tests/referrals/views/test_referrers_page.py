"""The referrer's page, and the ways to it: link and code, reference and code, a new link."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from agencies import limiting
from agencies.limits import Doing
from agencies.models import Notice, NoticeKind
from agencies.permissions import Permission, can
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden
from audit.tasks import sweep_events
from referrals.actions.make_referrer_link import make_referrer_link
from referrals.actions.submit_referral import Submitted, submit_referral
from referrals.dialogue import IDLE, LINK_KEPT, LONGEST, WRONG_CODES
from referrals.models import Referral, ReferrerLink, ReferrerVisit
from referrals.reference import new_reference
from referrals.tasks import sweep_drafts
from tests.making import BROWSER, PUBLIC, TEACHER, dispatch_to_authority, draft_with, officer_of

pytestmark = pytest.mark.usefixtures("db", "on_record", "uncounted")
PAGE, DOOR, ASK = "/your-referral/page/", "/your-referral/", "/your-referral/new-link/"
WRONG = "2222-2222-2222"


@pytest.fixture
def uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done in the future is not counted: there it would be done already."""
    monkeypatch.setattr(limiting, "LIMITS", {doing: {} for doing in Doing})


class Sent:
    """A referral and what its referrer has: reference, code, the links that were mailed."""

    def __init__(self, answers: dict[str, Any] | None = None, *, language: str = "en") -> None:
        draft = draft_with(answers or TEACHER)
        self.outcome: Submitted = submit_referral(
            draft_id=draft.pk, language=language, holder=BROWSER, by=Agent.REFERRER, now=timezone.now()
        )
        self.referral = Referral.objects.get(reference=self.outcome.reference)
        sweep_events()

    @property
    def links(self) -> list[str]:
        mail = Notice.objects.filter(about=self.referral.pk, key_of=self.referral.person_id).order_by("due", "pk")
        return [re.sub(r"^https?://[^/]+", "", each.details["link"]) for each in mail]

    def enter(self, client: Client | None = None, **other: str) -> tuple[Client, Any]:
        client = client or Client()
        given = {"reference": self.outcome.reference, "code": self.outcome.code} | other
        return client, client.post(DOOR, given)


@pytest.fixture
def sent() -> Sent:
    return Sent()


def words(response: Any) -> str:
    text: str = response.content.decode()
    return text


def test_reference_and_code_open_the_page_and_it_says_how_far_we_are(sent: Sent) -> None:
    client, entered = sent.enter()
    assert entered.headers["Location"] == PAGE
    shown = client.get(PAGE)
    assert sent.outcome.reference in words(shown)
    assert "We have what you sent" in words(shown)
    assert shown.headers["Cache-Control"] == "no-store, private"
    for days, said in ((4, "We are looking at"), (40, "first look")):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert said in words(sent.enter()[0].get(PAGE))


def test_somebody_without_name_or_address_comes_back_with_reference_and_code_alone() -> None:
    unknown = Sent(PUBLIC)
    assert unknown.links == []
    client, _entered = unknown.enter()
    assert client.get(PAGE).status_code == 200


def test_title_and_address_say_nothing_of_whom_or_what(sent: Sent) -> None:
    client, _entered = sent.enter()
    title = re.search(r"<title>(.*?)</title>", words(client.get(PAGE)), re.DOTALL)
    assert title
    assert sent.outcome.reference not in title.group(1)
    assert not any(word in words(client.get(PAGE)) for word in (TEACHER["given_names"], TEACHER["referrer_name"]))


def test_a_wrong_code_and_a_reference_that_does_not_exist_are_answered_alike(sent: Sent) -> None:
    blank = re.compile(r'value="[^"]*"')
    answers = [sent.enter(code=WRONG)[1], sent.enter(reference=new_reference())[1]]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len({blank.sub("", words(answer)) for answer in answers}) == 1
    assert "do not belong together" in words(answers[0])


def test_whoever_has_not_entered_is_asked_who_they_are() -> None:
    assert Client().get(PAGE).headers["Location"] == DOOR


def test_the_mail_holds_a_link_that_only_a_button_uses_and_that_asks_for_the_code_once(sent: Sent) -> None:
    (link,) = sent.links
    client = Client()
    for _scanner in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert "does not open" in words(client.post(link, {"code": ""})), "the address is not verified yet"
    assert client.post(link, {"code": sent.outcome.code}).headers["Location"] == PAGE
    assert client.get(PAGE).status_code == 200
    assert "does not open" in words(Client().post(link, {"code": sent.outcome.code})), "it works once"


def test_a_later_link_opens_without_the_code_since_the_address_is_verified(sent: Sent) -> None:
    Client().post(sent.links[0], {"code": sent.outcome.code})
    asked = Client().post(ASK, {"reference": sent.outcome.reference, "email": TEACHER["referrer_email"].upper()})
    assert asked.headers["Location"] == ASK + "asked/"
    (again,) = set(sent.links) - {sent.links[0]}
    assert Client().post(again, {"code": ""}).headers["Location"] == PAGE


def test_a_new_link_before_the_first_was_used_asks_for_the_code_still(sent: Sent) -> None:
    Client().post(ASK, {"reference": sent.outcome.reference, "email": TEACHER["referrer_email"]})
    for link in sent.links:
        assert "does not open" in words(Client().post(link, {"code": ""}))
    assert len(sent.links) == 2


def test_whoever_asks_for_a_link_is_told_the_same_whatever_they_type(sent: Sent) -> None:
    asked = [
        Client().post(ASK, given)
        for given in (
            {"reference": sent.outcome.reference, "email": TEACHER["referrer_email"]},
            {"reference": sent.outcome.reference, "email": "somebody@elsewhere.example"},
            {"reference": new_reference(), "email": TEACHER["referrer_email"]},
            {"reference": Sent(PUBLIC).outcome.reference, "email": "a@b.example"},
        )
    ]
    assert {(each.status_code, each.headers["Location"], each.content) for each in asked} == {
        (302, ASK + "asked/", b"")
    }
    assert Notice.objects.filter(kind=NoticeKind.REFERRER_LINK).count() == 1
    assert "same to everybody" in words(Client().get(ASK + "asked/"))


def test_wrong_codes_close_a_link_and_an_empty_one_does_not_count(sent: Sent) -> None:
    (link,) = sent.links
    for _time in range(WRONG_CODES):
        Client().post(link, {"code": ""})
        Client().post(link, {"code": WRONG})
    assert "does not open" in words(Client().post(link, {"code": sent.outcome.code}))


def test_a_link_stops_working_after_four_weeks(sent: Sent) -> None:
    (link,) = sent.links
    with time_machine.travel(timezone.now() + LINK_KEPT):
        assert "does not open" in words(Client().post(link, {"code": sent.outcome.code}))


def test_the_page_closes_when_it_is_left_alone_and_when_it_was_open_for_long(sent: Sent) -> None:
    client, _entered = sent.enter()
    began = timezone.now()
    at = began
    while (at := at + IDLE * 0.9) < began + LONGEST:
        with time_machine.travel(at):
            assert client.get(PAGE).status_code == 200, "it was in use"
    with time_machine.travel(at):
        assert client.get(PAGE).status_code == 302, "too long in all"
    client, _entered = sent.enter()
    with time_machine.travel(timezone.now() + IDLE):
        assert client.get(PAGE).status_code == 302
    with time_machine.travel(timezone.now() + 2 * LONGEST):
        sweep_drafts()
    assert not ReferrerVisit.objects.exists()


def test_leaving_closes_the_page_at_once(sent: Sent) -> None:
    client, _entered = sent.enter()
    cookies = client.cookies.output()
    client.get("/leave/")
    assert not ReferrerVisit.objects.exists()
    assert cookies
    assert client.get(PAGE).status_code == 302


def test_one_browser_shows_the_referral_that_was_entered_last(sent: Sent) -> None:
    other = Sent()
    client, _entered = sent.enter()
    other.enter(client)
    assert other.outcome.reference in words(client.get(PAGE))
    assert ReferrerVisit.objects.count() == 1


def test_coming_back_is_an_event_and_looking_around_is_none(sent: Sent) -> None:
    client, _entered = sent.enter()
    client.get(PAGE)
    client.get(PAGE)
    (event,) = EventRecord.objects.filter(kind=Event.REFERRER_RETURNED)
    assert (event.object_id, event.actor) == (sent.referral.pk, Agent.REFERRER.pk)


def test_a_link_opens_in_the_referrers_language_and_only_its_hash_is_kept() -> None:
    sent = Sent(language="cy")
    (link,) = sent.links
    assert link.endswith("?lang=cy")
    (row,) = ReferrerLink.objects.all()
    assert row.link not in link
    client = Client()
    opened = client.post(link.removesuffix("?lang=cy"), {"code": sent.outcome.code})
    assert opened.cookies["language"].value == "cy"
    assert "Mae’r hyn a anfonoch gennym" in words(client.get(PAGE))


def test_a_choice_of_language_in_this_browser_stays() -> None:
    sent = Sent(language="cy")
    client = Client()
    client.cookies["language"] = "en"
    client.post(sent.links[0].removesuffix("?lang=cy"), {"code": sent.outcome.code})
    assert "We have what you sent" in words(client.get(PAGE))


def test_no_officer_makes_a_link_or_opens_the_page(sent: Sent) -> None:
    lead = officer_of(dispatch_to_authority(sent.referral).agency)
    with pytest.raises(Forbidden):
        make_referrer_link(referral=sent.referral, by=lead, now=timezone.now())
    assert not can(lead, Permission.REFERRER_RETURN)
