"""FIMU's pages: what waits, who the person is, and a form without a place for intelligence."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from people.clearance import is_cleared
from tests.making import TEACHER, dispatch_to_police, officer_of, submitted
from tests.triage.deconflicting import WHAT_TO_DO, answered, opened
from triage.models import Cause, Deconfliction, Outcome
from triage.views import answering

LIST = "/casework/deconflictions/"


@pytest.fixture
def row(referral):
    return opened(referral)


@pytest.fixture
def fimu(client, analyst):
    client.force_login(analyst)
    return client


def page(row):
    return reverse("triage:deconfliction", args=[row.pk])


def given(**more):
    day = timezone.localdate() + timedelta(days=60)
    return {
        "outcome": Outcome.CONDITIONS, "instruction": WHAT_TO_DO, "review_on-day": day.day,
        "review_on-month": day.month, "review_on-year": day.year, **more,
    }  # fmt: skip


def test_what_waits_stands_in_a_list_danger_first(fimu, row):
    urgent = opened(submitted({**TEACHER, "danger": "yes"}))
    text = fimu.get(LIST).content.decode()
    assert text.index(urgent.referral.reference) < text.index(row.referral.reference)
    assert "not national policy" in text and "The referral came in" in text
    looked = Entry.objects.filter(kind=Entry.Kind.LISTED).latest("pk")
    assert looked.actor is not None


def test_a_long_list_says_that_there_is_more(fimu, row, monkeypatch):
    opened(submitted())
    monkeypatch.setattr(answering, "SHOWN", 1)
    assert "There are more" in fimu.get(LIST).content.decode()


def test_an_empty_list_says_so(fimu):
    assert "Nothing waits for an answer." in fimu.get(LIST).content.decode()


def test_the_page_shows_the_person_and_the_answers_and_says_what_has_no_place_there(fimu, row):
    text = fimu.get(page(row)).content.decode()
    for words in ("Ó Briain-Łukasik", "about 15", "admires an attacker", "no place for intelligence", "Section 38",
                  "sensitive information", "OFFICIAL-SENSITIVE"):  # fmt: skip
        assert words in text
    assert "O’Shea-Nowak" not in text and "Hollybrook" not in text, "who made it is nobody they search for"
    assert Entry.objects.filter(kind=Entry.Kind.VIEWED, object_id=row.referral_id).exists()


def test_an_analyst_answers_and_is_led_back_to_what_waits(fimu, row):
    done = fimu.post(page(row), given())
    assert done.url == LIST
    assert is_cleared(row.person_id)
    text = fimu.get(page(row)).content.decode()
    assert "Proceed with conditions" in text and WHAT_TO_DO in text and "Send the answer" not in text


def test_what_was_answered_before_stands_beside(fimu, referral, analyst):
    answered(opened(referral), Outcome.HOLD, by=analyst)
    text = fimu.get(page(opened(referral, cause=Cause.NEW_INFORMATION))).content.decode()
    assert "Answered before" in text and "Hold contact" in text and analyst.name in text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"outcome": ""}, "Say what you answer"),
        ({"instruction": ""}, "are to do"),
        ({"review_on-day": ""}, "must include a day"),
        ({"review_on-year": "2019"}, "within a year"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(fimu, row, wrong, words):
    typed = {**given(), **wrong}
    text = fimu.post(page(row), typed).content.decode()
    assert words in text
    if typed["instruction"]:
        assert WHAT_TO_DO in text
    assert not is_cleared(row.person_id)


def test_what_was_overtaken_meanwhile_is_not_answered(fimu, row, referral):
    opened(referral, cause=Cause.NEW_INFORMATION)
    assert "Something new has come in meanwhile" in fimu.post(page(row), given()).content.decode()
    assert not is_cleared(row.person_id)


def test_nobody_else_opens_it(client, row, officer, lead):
    for reader in (officer, lead):
        client.force_login(reader)
        for address in (LIST, page(row)):
            assert client.get(address).status_code == 404
    far = opened(submitted({**TEACHER, "postcode": "CF10 3NQ"}))
    assert officer_of(dispatch_to_police(far.referral).agency)
    assert Deconfliction.objects.count() == 2


def test_an_analyst_elsewhere_finds_nothing(fimu):
    far = opened(submitted({**TEACHER, "postcode": "CF10 3NQ"}))
    assert fimu.get(page(far)).status_code == 404
    assert far.referral.reference not in fimu.get(LIST).content.decode()
