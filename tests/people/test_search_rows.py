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
from people.matching.keys import VERSION
from people.models import Person, SearchRow
from tests.audit.acts import entries_of, within
from tests.making import officer_of

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
TOLD = {
    "given_names": "Siân", "family_name": "Ó Briain-Łukasik", "other_names": "Shan", "adult_or_child": "child",
    "date_of_birth": date(2010, 3, 28), "postcode": "s70 2ab",
}  # fmt: skip


def made(**told):
    return create_person(details={"adult_or_child": "unknown", **told}, by=Agent.REFERRER, now=NOW)


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


def test_what_follows_from_the_person_is_not_told_twice():
    row = made(**TOLD).search_row
    assert entries_of(row.pk) == []


def test_rows_that_are_missing_or_of_other_rules_are_made_anew():
    fresh, missing = made(**TOLD), made(given_names="Rhys", approximate_age="12")
    old = made(given_names="Wren", approximate_age="15").search_row
    within(do=missing.search_row.delete, by=Agent.OPERATOR, now=NOW)
    within(
        do=lambda: old.changed(version=VERSION - 1, keys=["s:of before"], born_about=1990), by=Agent.OPERATOR, now=NOW
    )
    said = StringIO()
    call_command("build_search_rows", "--json", stdout=said)
    assert json.loads(said.getvalue()) == {"built": 2}
    assert set(SearchRow.objects.values_list("person", "version")) == {
        (person.pk, VERSION) for person in (fresh, missing, old.person)
    }
    again = SearchRow.objects.get(person=old.person)
    assert "s:of before" not in again.keys
    assert again.born_about == 1990, "the year in which the age was told is over"
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
