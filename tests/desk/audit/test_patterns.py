"""What may be worth a question, and what is not."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.working_days import LONDON
from audit.access import looked
from audit.ledger import read_payload
from audit.models import Entry
from desk.audit.patterns import (
    PATTERNS,
    Asked,
    many_in_a_day,
    outside_hours,
    own_name,
    own_surname,
    questions,
    refused_often,
    searches_without_opening,
)
from tests.desk.audit.reading import opened, page, refuses
from tests.desk.audit.test_scope import restricted
from tests.making import BARNSLEY, TEACHER, officer_of, submitted
from tests.referrals.api.calling import agency_key
from tests.referrals.opening import supervisor

pytestmark = pytest.mark.usefixtures("db", "on_record")
# A Wednesday at ten in the morning.
NOON = datetime(2026, 11, 18, 10, tzinfo=LONDON)


@pytest.fixture
def asked(auditor):
    """The auditor asks about three days."""
    return Asked(auditor, since=(NOON - timedelta(days=1)).date(), until=(NOON + timedelta(days=1)).date())


def words(found):
    return [question.words for question in found]


@pytest.fixture
def small(monkeypatch):
    """Three are many."""
    monkeypatch.setattr("desk.audit.patterns.MANY", 3)
    monkeypatch.setattr("desk.audit.patterns.REFUSED_OFTEN", 3)


def looks_at(number, user, *, at=NOON):
    with time_machine.travel(at, tick=True):
        for _ in range(number):
            opened(submitted(), by=user)


def test_many_in_a_day_are_asked_about_beside_the_most_of_colleagues(asked, small, officer, council, stranger):
    colleague = officer_of(council, name="Wren Castellane")
    looks_at(2, colleague)
    looks_at(4, officer)
    looks_at(9, stranger)
    assert not [each for each in words(many_in_a_day(asked)) if "Osian" in each], "not more than twice as many"
    looks_at(1, officer)
    (osian,) = [each for each in words(many_in_a_day(asked)) if "Osian" in each]
    expected = (
        "Why did Osian Achterberg open 5 referrals on 18 November 2026, more than twice as many as anybody else "
        "in the agency on any of the days you ask about?"
    )
    assert osian == expected
    looks_at(5, officer, at=NOON + timedelta(days=9))
    assert len([each for each in words(many_in_a_day(asked)) if "Osian" in each]) == 1, "of these days only"


def test_nobody_to_compare_with_is_asked_about_too(asked, small, officer):
    looks_at(3, officer)
    assert len(many_in_a_day(asked)) == 1


@pytest.fixture
def kept(officer, council):
    """A restricted record on which the officer is named, and of which the auditor hears nothing."""
    found = submitted()
    restricted(found, supervisor(BARNSLEY), officer)
    return found


def test_what_others_opened_and_the_auditor_may_not_know_of_is_compared_and_not_told(asked, small, officer, kept):
    looks_at(3, officer_of(officer.agencies[0], name="Wren Castellane"))
    assert len(many_in_a_day(asked)) == 1
    with time_machine.travel(NOON, tick=True):
        opened(kept, by=officer)
        assert len(many_in_a_day(asked)) == 1, "three are more than twice as many as one"
        opened_too = submitted()
        restricted(opened_too, supervisor(BARNSLEY), officer)
        opened(opened_too, by=officer)
    assert many_in_a_day(asked) == []


def test_a_search_after_which_a_kept_record_was_opened_is_not_said_to_have_led_nowhere(asked, officer, kept):
    for minutes in (0, 1, 2):
        with time_machine.travel(NOON + timedelta(minutes=minutes), tick=True):
            looked(kind=Entry.Kind.SEARCHED, by=officer, now=timezone.now(), reference=kept.reference)
    assert len(searches_without_opening(asked)) == 1
    with time_machine.travel(NOON + timedelta(minutes=3), tick=True):
        opened(kept, by=officer)
    assert searches_without_opening(asked) == []


def person_called(given, family):
    return submitted({**TEACHER, "given_names": given, "family_name": family})


def test_a_person_of_ones_own_name_and_one_of_the_same_surname(asked, council):
    namesake, relative, nobody = (person_called(*name) for name in (("Wren", "Öttl"), ("Ada", "Öttl"), ("Ada", "Moss")))
    user = officer_of(council, name="Wren Ottl")  # came after the referrals, or they would stand at a restricted desk
    with time_machine.travel(NOON, tick=True):
        for referral in (namesake, relative, nobody):
            opened(referral, by=user)
    (same,), (kin,) = own_name(asked), own_surname(asked)
    assert namesake.reference in same.words and same.referral == namesake.pk
    assert relative.reference in kin.words and kin.user == user.pk


@pytest.mark.parametrize(
    ("at", "is_asked"),
    [
        (NOON, False),
        (NOON.replace(hour=6, minute=59), True),
        (NOON.replace(hour=7, minute=0), False),
        (NOON.replace(hour=19, minute=59), False),
        (NOON.replace(hour=20, minute=0), True),
    ],
)
def test_looks_outside_working_hours_in_london(asked, officer, at, is_asked):
    looks_at(2, officer, at=at)
    assert bool(outside_hours(asked)) is is_asked
    if is_asked:
        assert "2 times on 18 November 2026" in words(outside_hours(asked))[0]


def test_a_weekend_is_outside_them_and_summer_time_is_kept(auditor, officer):
    saturday, summer = datetime(2026, 11, 21, 12, tzinfo=LONDON), datetime(2026, 7, 1, 20, 30, tzinfo=LONDON)
    for at in (saturday, summer):
        looks_at(1, officer, at=at)
        assert len(outside_hours(Asked(auditor, since=at.date(), until=at.date()))) == 1


def test_searches_after_which_nothing_was_opened(asked, officer, council, referral):
    def searches(user, at):
        with time_machine.travel(at, tick=True):
            looked(kind=Entry.Kind.SEARCHED, by=user, now=timezone.now(), reference="2222-2222", referrals=[])

    for minutes in (0, 1, 2):
        searches(officer, NOON + timedelta(minutes=minutes))
    assert "in 3 searches on 18 November 2026" in words(searches_without_opening(asked))[0]
    with time_machine.travel(NOON + timedelta(minutes=31), tick=True):
        opened(referral, by=officer)
    assert not searches_without_opening(asked), "two of them led to something within half an hour"


def test_refused_often(client, asked, small, officer):
    for count in range(3):
        assert refused_often(asked) == [], count
        with time_machine.travel(NOON, tick=True):
            client.force_login(officer)
            client.get("/casework/quarantine/")
    assert "3 times on 18 November 2026" in words(refused_often(asked))[0]


def test_nobody_is_asked_about_others_people_themselves_or_systems(asked, small, auditor, council, stranger):
    looks_at(3, auditor, at=NOON.replace(hour=22))
    looks_at(3, agency_key(council).key.system, at=NOON.replace(hour=22))
    elsewhere = submitted({**TEACHER, "postcode": "CF10 3AT"})
    with time_machine.travel(NOON.replace(hour=22), tick=True):
        opened(elsewhere, by=stranger)
    assert not any(pattern.questions for pattern in questions(asked))


def test_the_page_asks_only_when_asked_and_puts_what_is_innocent_beside(client, auditor, officer, referral):
    assert "Nothing to ask" not in page(client, auditor, "audit-questions")
    looks_at(1, officer, at=NOON.replace(hour=22))
    days = {
        "since-day": 18,
        "since-month": 11,
        "since-year": 2026,
        "until-day": 18,
        "until-month": 11,
        "until-year": 2026,
    }
    text = page(client, auditor, "audit-questions", **days)
    assert (
        "Why did Osian Achterberg look at a record on 18 November 2026, outside" in text and "had a late shift" in text
    )
    assert text.count("Nothing to ask") == len(PATTERNS) - 1
    assert read_payload(Entry.objects.filter(actor=auditor.pk).latest("pk"))["questions"]["since"] == "2026-11-18"
    assert refuses(client, supervisor("E08000038"), "audit-questions")


def test_a_month_at_most_can_be_asked_about(client, auditor):
    days = {
        "since-day": 1,
        "since-month": 10,
        "since-year": 2026,
        "until-day": 1,
        "until-month": 11,
        "until-year": 2026,
    }
    assert "Ask about 31 days at most" in page(client, auditor, "audit-questions", **days)
    assert "Enter the first day" in page(
        client, auditor, "audit-questions", **{**days, "since-day": "", "since-month": "", "since-year": ""}
    )


def test_asking_costs_the_same_of_one_and_of_twenty(asked, officer, council):
    looks_at(1, officer, at=NOON.replace(hour=22))
    questions(asked)
    with CaptureQueriesContext(connection) as one:
        questions(asked)
    for number in range(19):
        looks_at(1, officer_of(council, name=f"Wren the {number}"), at=NOON.replace(hour=22))
    with CaptureQueriesContext(connection) as twenty:
        questions(asked)
    assert len(one) == len(twenty) <= 30
