"""The quarantine's pages: for the national desk alone, in every state, with as many queries for twenty as for one."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from agencies.restricted import is_restricted
from audit.ledger import read_payload
from audit.models import Entry
from referrals.actions.restrict_record import restrict_record
from referrals.models import Flood, Quarantined, Referral
from referrals.states import QuarantineState
from referrals.tasks import sweep_quarantine
from tests.components.axe import faults
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.referrals.looking import desk_officer, searching
from tests.referrals.opening import WHY, supervisor
from tests.referrals.writing import CLOSING, OPENING, SCRIPTED, many, scripted

pytestmark = pytest.mark.usefixtures("db", "on_record")
PASS, HELD = 3, 4
LIST = "/casework/quarantine/"


@pytest.fixture(autouse=True)
def few_make_a_flood(monkeypatch):
    monkeypatch.setattr("referrals.actions.judge_likeness.PASS", PASS)


@pytest.fixture
def officer(client):
    user = desk_officer()
    searching(user)
    client.force_login(user)
    return user


@pytest.fixture
def flood(officer):
    for each in many(scripted, PASS + HELD):
        submitted(each)
    return Flood.objects.get()


def group(flood):
    return reverse("referrals:quarantine-group", args=[flood.pk])


def one(row):
    return reverse("referrals:quarantined", args=[row.referral_id])


def text_of(response):
    return unescape(response.content.decode())


def said(response):
    """A page without what is different each time."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", text_of(response))


def counts(text):
    """Held, released and rejected, as a group's page says."""
    return [int(number) for number in re.findall(r">(\d+)</dd>", text)]


def test_the_list_shows_each_group_with_its_counts(client, flood):
    submitted({**next(many(scripted, 1, seed=8)), "danger": "yes"})
    text = text_of(client.get(LIST))
    assert "Waiting for you" in text and "3 before it was recognised, 1 of immediate danger" in text
    assert f">{HELD}</td>" in text


def test_the_navigation_leads_the_desk_to_the_quarantine_and_nobody_else(client, officer):
    link = f'href="{LIST}"'
    assert link in text_of(client.get("/casework/inbox/"))
    client.force_login(officer_of(Agency.objects.get(code="E08000035")))
    assert link not in text_of(client.get("/casework/inbox/"))


def test_home_leads_the_desk_to_the_quarantine_and_says_when_nothing_is_held(client, officer):
    assert "nothing is held" in text_of(client.get("/casework/"))
    for each in many(scripted, PASS + HELD):
        submitted(each)
    assert f"{HELD} referrals are held in the quarantine" in text_of(client.get("/casework/"))


def test_a_group_shows_a_sample_side_by_side_with_what_differs_marked(client, flood, officer):
    text = text_of(client.get(group(flood)))
    assert "<mark>" in text and text.count('<th scope="col"') >= 3 + 4
    for row in Quarantined.objects.select_related("referral"):
        assert row.referral.reference in text


def test_what_is_restricted_after_it_left_changes_nothing_on_the_pages_of_its_group(client, flood):
    rows = list(Quarantined.objects.select_related("referral").order_by("held_at")[:2])
    for row in rows:
        client.post(one(row), {"outcome": "released"}, follow=True)
    before = {address: said(client.get(address)) for address in (LIST, group(flood), "/casework/")}
    assert "3 before it was recognised" in before[group(flood)] and counts(before[group(flood)]) == [HELD - 2, 2, 0]
    sent = Referral.objects.get(pk=flood.sent_on[0])
    assert not any(each.reference in before[group(flood)] for each in Referral.objects.filter(pk__in=flood.sent_on))
    for referral in (rows[0].referral, sent):
        police, council = dispatch_to_police(referral), dispatch_to_authority(referral)
        by, other = supervisor(police.agency.code), supervisor(council.agency.code)
        restrict_record(dispatch_id=police.pk, named=[by.pk, other.pk], reason=WHY, by=by, now=timezone.now())
        assert is_restricted(referral.pk)
    assert {address: said(client.get(address)) for address in before} == before


def test_who_looks_at_a_group_or_at_one_of_it_is_on_the_record(client, flood, officer):
    client.get(group(flood))
    listed = read_payload(Entry.objects.filter(kind=Entry.Kind.LISTED, actor=officer.pk).latest("id"))
    assert len(listed["referrals"]) == HELD
    row = Quarantined.objects.earliest("held_at")
    client.get(one(row))
    assert Entry.objects.get(kind=Entry.Kind.VIEWED, actor=officer.pk).object_id == row.referral_id


def test_a_group_is_released_as_one(client, flood):
    answer = client.post(group(flood), {"outcome": "released", "reason": ""}, follow=True)
    assert "Being carried out" in text_of(answer)
    sweep_quarantine()
    text = text_of(client.get(group(flood)))
    assert "Being carried out" not in text and "Osian Achterberg" in text
    assert not Quarantined.objects.exclude(state=QuarantineState.RELEASED).exists()


def test_what_was_released_is_a_bare_count_and_absent_for_the_desk_as_for_any_agency_that_has_it_not(client, flood):
    row = Quarantined.objects.select_related("referral__person").earliest("held_at")
    client.post(one(row), {"outcome": "rejected", "reason": "Made up"})
    client.post(one(row), {"outcome": "released"}, follow=True)
    for address in (one(row), reverse("referrals:purpose", args=[row.referral_id])):
        assert client.get(address).status_code == 404
        assert client.post(address, {"outcome": "rejected", "reason": "x"}).status_code == 404
    text = text_of(client.get(group(flood)))
    assert not any(word in text for word in (row.referral.reference, row.referral.person.name, str(row.referral_id)))
    assert counts(text)[:3] == [HELD - 1, 1, 0] and text.count("/quarantine/referrals/") == HELD - 1


def test_one_released_after_a_namesake_joined_stands_on_no_page_of_the_quarantine(client, flood, officer):
    row = Quarantined.objects.select_related("referral__person").earliest("held_at")
    officer_of(Agency.objects.get(code="E08000035"), name=row.referral.person.name)
    client.post(one(row), {"outcome": "released"}, follow=True)
    assert is_restricted(row.referral_id)
    assert client.get(one(row)).status_code == 404
    assert row.referral.reference not in text_of(client.get(group(flood)))


def test_a_rejection_asks_for_its_reason_beside_the_field(client, flood):
    text = text_of(client.post(group(flood), {"outcome": "rejected", "reason": " "}))
    assert "Say why you reject" in text and "<title>Error: " in text
    text = text_of(client.post(group(flood), {"reason": "x" * 2_001}))
    assert "Say whether you release or reject" in text and "Shorten the reason" in text
    assert not Flood.objects.get().carrying_out


def test_one_is_rejected_alone_and_released_after_all(client, flood):
    row = Quarantined.objects.earliest("held_at")
    answer = client.post(one(row), {"outcome": "rejected", "reason": "Made up"}, follow=True)
    assert "It stays stored" in text_of(answer)
    assert "Made up" in text_of(client.get(one(row)))
    client.post(one(row), {"outcome": "released"})
    row.refresh_from_db()
    assert row.state == QuarantineState.RELEASED and row.referral.dispatches.count() == 2
    assert Quarantined.objects.filter(state=QuarantineState.HELD).count() == HELD - 1


@pytest.mark.parametrize("code", ["ctp-north-east", "E08000038", "system"])
def test_for_anybody_else_the_pages_are_absent(client, flood, code):
    client.force_login(officer_of(Agency.objects.get(code=code)))
    row = Quarantined.objects.earliest("held_at")
    for address in (LIST, group(flood), one(row)):
        assert client.get(address).status_code == 404
        assert client.post(address, {"outcome": "released"}).status_code == 404
    assert "uarantine" not in text_of(client.get("/casework/"))


def test_nobody_reads_a_held_referral_elsewhere(client, flood):
    row = Quarantined.objects.select_related("referral").earliest("held_at")
    for code in ("ctp-north-east", "E08000038", "national-police-desk"):
        client.force_login(officer_of(Agency.objects.get(code=code)))
        assert client.get(reverse("desk:referral", args=[row.referral_id])).status_code == 404
        assert row.referral.reference not in text_of(client.get("/casework/inbox/"))


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_pages_ask_as_much_for_twenty_as_for_one(client, officer):
    for each in many(scripted, PASS + 1):
        submitted(each)
    flood = Flood.objects.get()
    before = {address: queries(client, address) for address in (LIST, group(flood), "/casework/")}
    for each in many(scripted, 20, seed=9):
        submitted(each)
    for text in (OPENING, CLOSING * 2):
        for _copy in range(PASS + 1):
            submitted({**TEACHER, "concern": text})
    assert Flood.objects.count() == 3
    after = {address: queries(client, address) for address in before}
    assert after == before


@pytest.mark.browser
def test_the_pages_have_nothing_the_matter_in_any_state(client, page, officer):
    found = faults(page, client.get(LIST), "quarantine-empty") + faults(page, client.get("/casework/"), "home-desk")
    for each in many(scripted, PASS + HELD):
        submitted(each)
    submitted({**TEACHER, "danger": "yes", "concern": SCRIPTED})
    flood, row = Flood.objects.get(), Quarantined.objects.earliest("held_at")
    for name, address in (("list", LIST), ("group", group(flood)), ("one", one(row)), ("home", "/casework/")):
        found += faults(page, client.get(address), f"quarantine-{name}")
    for name, address in (("group", group(flood)), ("one", one(row))):
        found += faults(page, client.post(address, {"outcome": "rejected"}), f"quarantine-{name}-wrong")
    client.post(one(row), {"outcome": "rejected", "reason": "Made up.\nBy a script."})
    found += faults(page, client.get(one(row)), "quarantine-rejected")
    client.post(group(flood), {"outcome": "released", "reason": "A school after all"})
    found += faults(page, client.get(group(flood)), "quarantine-carried-out")
    sweep_quarantine()
    found += faults(page, client.get(group(flood)), "quarantine-done") + faults(
        page, client.get(LIST), "quarantine-decided"
    )
    assert found == []
