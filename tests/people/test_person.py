"""A person as a referral describes them."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.models import DataKey
from audit.refusals import Forbidden
from people.actions.create_person import create_person
from people.models import Person
from tests.audit.acts import entries_of
from tests.making import TEACHER, officer_of, submitted

NOW = timezone.now()
UNKNOWN = {"adult_or_child": "unknown"}


@pytest.mark.parametrize(
    ("given", "family", "shown"),
    [
        ("Tomasz", "Ó Briain-Łukasik", "Tomasz Ó Briain-Łukasik"),
        ("مُحَمَّد", "", "مُحَمَّد"),
        ("", "D’Arcy", "D’Arcy"),
        ("", "", "Name not known"),
    ],
)
def test_a_name_is_shown_as_typed_or_said_to_be_unknown(given, family, shown):
    assert Person(given_names=given, family_name=family).name == shown


@pytest.mark.parametrize(
    ("born", "now", "age"),
    [
        (date(2010, 3, 28), "2026-03-27T23:59:00+00:00", 15),
        (date(2010, 3, 28), "2026-03-28T00:00:00+00:00", 16),
        (date(2010, 7, 1), "2026-06-30T23:30:00+00:00", 16),  # already the first of July in London
        (date(2008, 2, 29), "2026-02-28T12:00:00+00:00", 17),
        (date(2008, 2, 29), "2026-03-01T12:00:00+00:00", 18),
        (None, "2026-03-01T12:00:00+00:00", None),
    ],
)
def test_age_is_counted_in_whole_years_in_london(born, now, age):
    with time_machine.travel(now, tick=False):
        assert Person(date_of_birth=born).age == age


@pytest.mark.usefixtures("db", "on_record")
class TestCreating:
    def test_a_person_comes_with_a_key_of_their_own(self):
        person = create_person(details={**UNKNOWN, "given_names": "Tomasz"}, by=Agent.REFERRER, now=NOW)
        assert DataKey.objects.filter(subject=person.pk).count() == 1
        (entry,) = entries_of(person.pk)
        assert (entry.subject, entry.payload.key_of) == (person.pk, person.pk)
        assert str(person) == str(person.pk), "no name in a log by accident"

    def test_who_may_not_submit_makes_nobody(self):
        for nobody in (Agent.MESSENGER, officer_of(Agency.objects.get(code="system"))):
            with pytest.raises(Forbidden):
                create_person(details=UNKNOWN, by=nobody, now=NOW)
        assert not Person.objects.exists()

    def test_the_same_child_referred_twice_is_two_persons(self):
        one, two = submitted(TEACHER), submitted(TEACHER)
        assert one.person_id != two.person_id
