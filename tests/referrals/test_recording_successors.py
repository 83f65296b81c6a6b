"""Who succeeds a referrer is recorded by an officer, invited once contact is cleared, and struck where it was wrong."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agencies.models import Notice, NoticeKind
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from audit.tasks import sweep_events
from referrals.actions.invite_successor import invite_successor
from referrals.actions.mail_successor import mail_successor
from referrals.actions.show_referrer import show_referrer
from referrals.actions.strike_succession import strike_succession
from referrals.models import ReferrerLink, Succession
from referrals.reached import is_verified
from referrals.succeeding import lead_named, standing
from tests.making import PUBLIC, TEACHER, officer_of
from tests.referrals.asking import Desk, cleared
from tests.referrals.succeeding import NEXT, asks_for_link, invited, link_of, links_asked_for, now_succeeded, succeeded
from tests.referrals.test_asking import officers, seen_by_officers
from tests.referrals.test_succeeding import desk, sent
from tests.referrals.views.test_referrers_page import DOOR, PAGE, Sent, uncounted, words

__all__ = ["desk", "sent", "uncounted"]
pytestmark = pytest.mark.usefixtures("db", "on_record", "uncounted")
CODE = re.compile(r'app-code">([^<]+)<')


def test_the_code_is_shown_once_and_only_its_hash_is_kept(desk: Desk) -> None:
    cleared(desk.referral)
    client = officers(desk)
    page = f"/casework/dispatches/{desk.council.pk}/succeed-referrer/"
    offered = words(client.get(page))
    assert all(f'value="{NEXT[name]}"' in offered for name in ("name", "email", "phone"))
    answer = client.post(page, NEXT)
    (code,) = CODE.findall(words(answer))
    assert "Never send the code by e-mail" in words(answer)
    assert answer.headers["Cache-Control"] == "no-store, private"
    row = Succession.objects.get()
    assert code not in row.contact_code_hash
    assert code not in seen_by_officers(desk)
    again = client.post(f"/casework/successions/{row.pk}/invite/")
    (other,) = CODE.findall(words(again))
    assert other != code


def test_a_new_code_ends_the_former_with_its_link_and_what_it_verified(sent: Sent, desk: Desk) -> None:
    made = now_succeeded(desk)
    client = Client()
    client.post(link_of(invited(desk)[0]), {"code": made.code})
    asks_for_link(sent, NEXT["email"])
    again = invite_successor(succession_id=made.succession.pk, by=desk.officer, now=timezone.now())
    sweep_events()
    assert client.get(PAGE).status_code == 302
    assert "do not belong together" in words(sent.enter(code=made.code)[1])
    assert not is_verified(desk.referral)
    old = Notice.objects.get(kind=NoticeKind.REFERRER_LINK)
    assert "does not open" in words(Client().post(link_of(old), {"code": again.code}))
    assert Client().post(link_of(invited(desk).last()), {"code": again.code}).status_code == 302


def test_without_clearance_it_is_recorded_and_nobody_is_written_to(sent: Sent, desk: Desk) -> None:
    page = f"/casework/dispatches/{desk.council.pk}/succeed-referrer/"
    assert "the link is held" in words(officers(desk).get(page))
    assert officers(desk).post(page, NEXT).status_code == 302
    sweep_events()
    row = Succession.objects.get()
    assert (row.is_invited, invited(desk).count()) == (False, 0)
    assert "It waits until the police have cleared contact" in seen_by_officers(desk).replace("it waits", "It waits")
    for email in (NEXT["email"], TEACHER["referrer_email"]):
        asks_for_link(sent, email)
    assert links_asked_for() == []
    for code in ("", sent.outcome.code):
        assert sent.enter(code=code)[1].status_code == 200
    invite = f"/casework/successions/{row.pk}/invite/"
    assert "no link can be sent" in words(officers(desk).get(invite))
    assert "have not cleared contact" in words(officers(desk).post(invite))
    cleared(desk.referral)
    assert "it can be sent now" in seen_by_officers(desk)
    assert CODE.search(words(officers(desk, desk.officer).post(invite)))
    sweep_events()
    assert invited(desk).count() == 1


def test_the_next_stands_beside_the_earlier_and_what_was_wrong_is_struck(sent: Sent, desk: Desk) -> None:
    first = now_succeeded(desk)
    second = succeeded(desk.police, desk.officer, name="Sunniva Blake", email="s.blake@hollybrook.example")
    assert standing(desk.referral.pk) == second.succession
    pk = first.succession.pk
    with pytest.raises(NotNow, match="Somebody else answers"):
        invite_successor(succession_id=pk, by=desk.lead, now=timezone.now())
    with pytest.raises(NotNow, match="Somebody else answers"):
        strike_succession(succession_id=pk, reason="Wrong.", by=desk.lead, now=timezone.now())
    strike = f"/casework/successions/{second.succession.pk}/strike/"
    assert "Sunniva Blake" in words(officers(desk).get(strike))
    assert "Give the reason" in words(officers(desk).post(strike, {"reason": "\u200b"}))
    officers(desk).post(strike, {"reason": "Another school of that name."})
    assert sent.enter(code=first.code)[1].status_code == 302
    assert "do not belong together" in words(sent.enter(code=second.code)[1])
    shown = seen_by_officers(desk)
    assert "Another school of that name." in shown
    assert "Struck who succeeds the referrer" in shown
    strike_succession(succession_id=first.succession.pk, reason="She is there.", by=desk.lead, now=timezone.now())
    assert sent.enter()[1].status_code == 302, "the referrer's own code opens it again"


def test_who_is_invited_and_succeeded_before_the_mail_went_gets_none(desk: Desk) -> None:
    cleared(desk.referral)
    first = succeeded(desk.council, desk.lead)
    succeeded(desk.council, desk.lead, name="Sunniva Blake", email="s.blake@hollybrook.example")
    sweep_events()
    assert [mail.address for mail in invited(desk)] == ["s.blake@hollybrook.example"]
    with pytest.raises(Forbidden):
        mail_successor(
            succession_id=first.succession.pk, occasion=first.succession.pk, by=desk.lead, now=timezone.now()
        )
    assert ReferrerLink.objects.filter(succession=first.succession).count() == 0


# Who may, and of whom.


@pytest.mark.parametrize("kind", [PUBLIC, {**PUBLIC, "referrer_kind": "family"}])
def test_only_who_wrote_at_work_is_succeeded(kind: Any) -> None:
    desk = Desk(Sent(kind).referral)
    with pytest.raises(NotNow, match="at work"):
        succeeded(desk.council, desk.lead)
    page = f"/casework/dispatches/{desk.council.pk}/succeed-referrer/"
    assert "Only somebody who sent the referral at work" in words(officers(desk).get(page))
    assert "succeed-referrer" not in seen_by_officers(desk)


def test_who_asked_not_to_be_named_is_succeeded_by_who_has_them_shown_and_both_stay_masked() -> None:
    lead = {"prevent_lead": "Merryn Oduya, m.oduya@hollybrook.example"}
    desk = Desk(Sent({**TEACHER, **lead, "anonymous": "yes"}).referral)
    page = f"/casework/dispatches/{desk.council.pk}/succeed-referrer/"
    assert "Oduya" not in words(officers(desk).get(page))
    assert "Have it shown to you" in words(officers(desk).post(page, NEXT))
    show_referrer(dispatch_id=desk.council.pk, reason="She left.", by=desk.lead, now=timezone.now())
    made = now_succeeded(desk)
    desk.asks()
    Client().post(DOOR, {"reference": desk.referral.reference, "code": made.code})
    assert NEXT["name"] in seen_by_officers(desk)
    pages = [seen_by_officers(desk, desk.officer)]
    pages += [
        words(officers(desk, desk.officer).get(f"/casework/successions/{made.succession.pk}/{each}/"))
        for each in ("invite", "strike")
    ]
    pages.append(words(officers(desk, desk.officer).post(f"/casework/successions/{made.succession.pk}/invite/")))
    for shown in pages:
        assert not [NEXT[name] for name in ("name", "email", "checked") if NEXT[name] in shown]
    assert "By who succeeded the referrer" in pages[0] or "who succeeded the referrer" in pages[0]
    assert "Somebody of their organisation succeeds them" in pages[0]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"email": TEACHER["referrer_email"].upper()}, "one of their own"),
        ({"email": ""}, "Say who it is"),
        ({"name": "\u200b"}, "Say who it is"),
        ({"role": " "}, "Say who it is"),
        ({"checked": "-"}, "how you checked"),
    ],
)
def test_it_is_said_who_succeeds_and_how_that_was_checked(desk: Desk, given: dict[str, str], why: str) -> None:
    with pytest.raises(NotNow, match=why):
        succeeded(desk.council, desk.lead, **given)
    assert not Succession.objects.exists()


def test_nobody_makes_themselves_the_successor_or_records_who_succeeds_them(desk: Desk) -> None:
    with pytest.raises(NotNow, match="yourself"):
        succeeded(desk.council, desk.lead, email=desk.lead.email)
    own = Desk(Sent({**TEACHER, "referrer_email": desk.lead.email}).referral)
    with pytest.raises(NotNow, match="yourself"):
        succeeded(own.council, desk.lead)


def test_an_officer_elsewhere_records_nothing_and_finds_nothing(desk: Desk) -> None:
    row = now_succeeded(desk).succession
    elsewhere = officer_of(Desk(Sent({**TEACHER, "postcode": "BD1 1HY"}).referral).council.agency)
    for settle in ({"do": invite_successor}, {"do": strike_succession, "reason": "Wrong."}):
        do: Any = settle.pop("do")
        with pytest.raises(Forbidden):
            do(succession_id=row.pk, **settle, by=elsewhere, now=timezone.now())
        with pytest.raises(Forbidden):
            do(succession_id=row.pk, **settle, by=Agent.SWEEPER, now=timezone.now())
    with pytest.raises(Forbidden):
        succeeded(desk.council, elsewhere)
    assert officers(desk, elsewhere).get(f"/casework/successions/{row.pk}/strike/").status_code == 404


def test_what_is_typed_is_kept_when_it_is_refused(desk: Desk) -> None:
    page = f"/casework/dispatches/{desk.council.pk}/succeed-referrer/"
    shown = words(officers(desk).post(page, {**NEXT, "email": "nowhere", "cause": "bored"}))
    assert "Pick one of the reasons" in shown
    assert "Enter an e-mail address like" in shown
    assert NEXT["checked"] in shown


def test_it_is_an_event_with_ids_and_nothing_else(desk: Desk) -> None:
    now_succeeded(desk)
    kinds = (Event.REFERRER_SUCCEEDED, Event.SUCCESSOR_INVITED)
    assert [each.ids for each in EventRecord.objects.filter(kind__in=kinds)] == [
        {"referral": str(desk.referral.pk)}
    ] * 2


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", {}),
        (None, {}),
        ("Ann Gower", {"name": "Ann Gower"}),
        ("Ann Gower (a.gower@school.example) 01632 960 001",
         {"name": "Ann Gower", "email": "a.gower@school.example", "phone": "01632 960 001"}),
        ("a.gower@school.example;", {"email": "a.gower@school.example"}),
        ("Ann, room 12", {"name": "Ann room 12"}),
    ],
)  # fmt: skip
def test_the_lead_of_the_organisation_is_read_from_what_the_referrer_typed(typed: Any, found: dict[str, str]) -> None:
    assert lead_named({"prevent_lead": typed}) == found
