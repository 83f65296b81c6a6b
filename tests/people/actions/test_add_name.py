"""Another name is written down beside a person, who is found by it from then on."""

from datetime import date

import pytest
from django.utils import timezone

from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from people.actions.build_search_rows import build_search_rows
from people.actions.create_person import create_person
from people.matching.candidates import candidates_for
from people.matching.keys import VERSION
from people.models import NameKind, Person, PersonName, SearchRow
from tests.audit.acts import entries_of, within
from tests.people.writing import NOW, named, struck


def words_of(person_id):
    return SearchRow.objects.get(person=person_id).other


@pytest.mark.parametrize("kind", NameKind)
def test_it_stands_beside_the_person_as_it_was_typed_and_they_are_found_by_it(referral, lead, kind):
    row = named(referral.person_id, lead, kind=kind, name="Yūsuf ʿAbd al-Raḥmān", source="His sister")
    row = PersonName.objects.get(pk=row.pk)
    assert (row.name, row.source, row.kind) == ("Yūsuf ʿAbd al-Raḥmān", "His sister", kind)
    assert (row.agency, row.written_by, row.written_at, row.is_struck) == (lead.agencies[0], lead, NOW, False)
    assert words_of(referral.person_id) == "yusuf abdrahman"
    assert Person.objects.get(pk=referral.person_id).other_names == "", "nothing of the person is edited"


def test_who_looks_for_matches_is_told_of_the_person_once_for_each_change(referral, lead):
    row = named(referral.person_id, lead)
    told = EventRecord.objects.filter(kind=Event.PERSON_NAMED)
    assert [(each.object_type, each.object_id, each.subject) for each in told.all()] == [
        ("people.person", referral.person_id, referral.person_id)
    ]
    struck(row, lead)
    assert told.count() == 2


def test_an_earlier_person_is_found_who_bears_the_other_name(referral, lead):
    told = {"given_names": "Yusuf", "family_name": "Abdelrahman", "date_of_birth": date(2010, 3, 23)}
    earlier = create_person(details={**told, "adult_or_child": "child"}, by=Agent.REFERRER, now=NOW)
    person = referral.person
    within(do=lambda: person.changed(date_of_birth=date(2010, 3, 28)), by=Agent.OPERATOR, now=NOW)
    assert earlier.pk not in {each.person for each in candidates_for(person.pk)}
    row = named(person.pk, lead, name="Yusuf Abd al-Rahman")
    assert earlier.pk in {each.person for each in candidates_for(person.pk)}
    assert person.pk in {each.person for each in candidates_for(earlier.pk)}
    struck(row, lead)
    assert earlier.pk not in {each.person for each in candidates_for(person.pk)}


def test_rows_made_anew_by_other_rules_keep_the_names_and_the_year(referral, lead):
    named(referral.person_id, lead, name="Zebedee")
    struck(named(referral.person_id, lead, name="Caradog"), lead)
    row = SearchRow.objects.get(person=referral.person_id)
    within(do=lambda: row.changed(version=VERSION - 1, other="", told_in=2005), by=Agent.OPERATOR, now=NOW)
    assert build_search_rows(by=Agent.OPERATOR, now=timezone.now()) == 1
    again = SearchRow.objects.get(pk=row.pk)
    assert (again.other, again.version, again.born_about) == ("zebedee", VERSION, 1990)
    assert "y:1990" in again.keys
    named(referral.person_id, lead, name="Caradog")
    again = SearchRow.objects.get(pk=row.pk)
    assert ({*again.other.split()}, again.born_about) == ({"zebedee", "caradog"}, 1990)
    assert "y:1990" in again.keys


def test_a_person_without_a_row_gets_one(referral, lead):
    within(do=SearchRow.objects.get(person=referral.person_id).delete, by=Agent.OPERATOR, now=NOW)
    named(referral.person_id, lead, name="Zebedee")
    assert words_of(referral.person_id) == "zebedee"


def test_only_who_works_the_person_for_the_agency_writes_and_something(referral, lead, officer, stranger):
    for by, agency in ((stranger, None), (lead, officer.agencies[0]), (stranger, lead.agencies[0])):
        with pytest.raises(Forbidden):
            named(referral.person_id, by, agency=agency)
    with pytest.raises(NotNow, match="Say what"):
        named(referral.person_id, lead, name=" ")
    with pytest.raises(Person.DoesNotExist):
        named(lead.pk, lead)
    assert not PersonName.objects.exists()
    assert words_of(referral.person_id) == ""


def test_the_ledger_has_it_under_the_persons_key(referral, lead):
    row = named(referral.person_id, lead)
    (entry,) = entries_of(row.pk)
    assert (entry.subject, entry.verb, entry.payload.key_of) == (referral.person_id, "add_name", referral.person_id)
