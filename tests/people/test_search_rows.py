"""The rows by which persons are found: made with the person, and made anew when the rules change."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import ProtectedError
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.models import Entry
from audit.refusals import Forbidden
from people.actions.build_search_rows import build_search_rows
from people.actions.create_person import create_person
from people.matching.described import Aside
from people.matching.keys import VERSION
from people.matching.whereabouts import Whereabouts, hashed, version
from people.models import Person, SearchRow
from tests.audit.acts import entries_of, within
from tests.making import officer_of

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
TOLD = {
    "given_names": "Siân", "family_name": "Ó Briain-Łukasik", "other_names": "Shan", "adult_or_child": "child",
    "date_of_birth": date(2010, 3, 28), "postcode": "s70 2ab",
}  # fmt: skip


def made(aside=None, **told):
    return create_person(details={"adult_or_child": "unknown", **told}, aside=aside, by=Agent.REFERRER, now=NOW)


def test_a_person_comes_with_a_row_in_one_spelling():
    row = made(**TOLD).search_row
    row = SearchRow.objects.get(pk=row.pk)
    assert (row.given, row.family, row.other) == ("sian", "obriain lukasik", "shan")
    assert (row.born, row.postcode, row.version) == (date(2010, 3, 28), "S702AB", VERSION)
    assert {"b:2010-03-28", "ym:2010-03", "yd:2010-28", "md:03-28", "y:2010", "p:S702AB", "o:S70"} <= set(row.keys)
    assert any(key.startswith("m:") for key in row.keys), "codes that PostgreSQL makes"


def test_of_an_estimated_age_the_year_is_kept_to_which_it_leads():
    row = made(given_names="Wren", approximate_age="about 15").search_row
    assert row.born is None
    assert row.born_about == timezone.localdate(NOW).year - 15
    assert f"y:{row.born_about}" in row.keys


def test_a_person_of_whom_nothing_is_known_has_a_row_without_keys():
    assert made().search_row.keys == []


def test_of_address_telephone_mailbox_and_school_no_word_is_kept():
    facts = hashed(Whereabouts("17 Bramley Street", "07700 900123", "wren@post.example", "Hollybrook Academy"))
    row = made(aside=Aside(2024, facts), given_names="Wren").search_row
    assert {key[0] for key in row.keys if key in facts.split()} == set("atec")
    assert (row.facts, row.told_in, row.facts_version) == (facts, 2024, version())
    kept = str(SearchRow.objects.filter(pk=row.pk).values().get()).lower()
    assert not any(word in kept for word in ("bramley", "900123", "post.example", "hollybrook"))


def test_an_age_counts_from_the_year_in_which_it_was_told():
    row = made(aside=Aside(2019), given_names="Wren", approximate_age="15").search_row
    assert row.born_about == 2004
    within(do=lambda: row.changed(version=VERSION - 1), by=Agent.OPERATOR, now=NOW)
    call_command("build_search_rows", stdout=StringIO())
    again = SearchRow.objects.get(pk=row.pk)
    assert (again.born_about, again.told_in, again.version) == (2004, 2019, VERSION)
    assert "y:2004" in again.keys


def test_what_follows_from_the_person_is_not_told_twice():
    row = made(**TOLD).search_row
    assert entries_of(row.pk) == []


def test_rows_that_are_missing_or_of_other_rules_are_made_anew():
    fresh, missing = made(**TOLD), made(given_names="Rhys", approximate_age="12")
    old = made(given_names="Wren", approximate_age="15").search_row
    within(do=missing.search_row.delete, by=Agent.OPERATOR, now=NOW)
    within(
        do=lambda: old.changed(
            version=VERSION - 1,
            keys=["s:of before"],
            born_about=1990,
            told_in=None,
            facts="t:of-before--",
            facts_version=5,
        ),
        by=Agent.OPERATOR,
        now=NOW,
    )
    said = StringIO()
    call_command("build_search_rows", "--json", stdout=said)
    assert json.loads(said.getvalue()) == {"built": 2}
    assert set(SearchRow.objects.values_list("person", "version")) == {
        (person.pk, VERSION) for person in (fresh, missing, old.person)
    }
    again = SearchRow.objects.get(person=old.person)
    assert "s:of before" not in again.keys
    assert (again.born_about, again.told_in) == (1990, 2005), "the year in which the age was told is over"
    assert (again.facts, again.facts_version) == ("t:of-before--", 5), "they do not follow from the person's own row"
    assert {"t:of-before--", "y:1990"} <= set(again.keys)
    anew = SearchRow.objects.get(person=missing)
    assert (anew.born_about, anew.told_in, anew.facts_version) == (None, None, 0), "when they were told, others know"
    entry = Entry.objects.get(kind=Entry.Kind.BULK, object_type="people.searchrow")
    assert entry.verb == "build_search_rows"
    said = StringIO()
    call_command("build_search_rows", stdout=said)
    assert said.getvalue().strip() == "0 search rows made."


def test_only_who_may_load_reference_data_makes_rows_anew():
    for nobody in (Agent.REFERRER, officer_of(Agency.objects.get(code="system"))):
        with pytest.raises(Forbidden):
            build_search_rows(by=nobody, now=NOW)


def test_a_person_cannot_go_before_their_row():
    person = made(**TOLD)
    with pytest.raises(ProtectedError):
        within(do=Person.objects.get(pk=person.pk).delete, by=Agent.OPERATOR, now=NOW)
