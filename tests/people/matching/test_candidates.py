"""Who of all persons may be somebody: found in the database, the likeliest first."""

from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.agents import Agent
from people.actions.create_person import create_person
from people.matching import comparing
from people.matching.candidates import OFFERED, candidates_for, candidates_like
from people.matching.described import Aside, Described, described
from people.matching.evidence import Band, Field, How, Verdict
from people.matching.sounding import sounds_of
from people.models import Person, SearchRow
from tests.making import BARNSLEY, TEACHER, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
BORN = {"day": "7", "month": "8", "year": "2006"}


def made(given_names="", family_name="", *, born=None, postcode="", **more):
    details = {"given_names": given_names, "family_name": family_name, "date_of_birth": born, "postcode": postcode}
    return create_person(details={"adult_or_child": "unknown", **details, **more}, by=Agent.REFERRER, now=NOW)


def bands(person):
    return {candidate.person: candidate.band for candidate in candidates_for(person.pk)}


def test_a_referral_with_a_misspelt_surname_and_a_wrong_day_of_birth_finds_the_earlier_one():
    told = {**TEACHER, "given_names": "Axel", "family_name": "Rudderham", "date_of_birth": BORN}
    earlier = submitted(told)
    submitted({**TEACHER, "given_names": "Wren", "family_name": "Garside", "date_of_birth": BORN})
    later = submitted({**told, "family_name": "Rudderham".replace("dd", "d"), "date_of_birth": {**BORN, "day": "17"}})
    first = candidates_for(later.person_id)[0]
    assert (first.person, first.band) == (earlier.person_id, Band.LIKELY)
    told = {each.field: each.how for each in first.evidence}
    assert (told[Field.GIVEN_NAMES], told[Field.FAMILY_NAME], told[Field.BIRTH]) == (How.SAME, How.TYPO, How.DIGIT)
    assert candidates_for(earlier.person_id)[0].person == later.person_id, "each finds the other"


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (("Mohammed", "Akhtar"), ("Muhammad", "Akhter")),
        (("Cabdiraxmaan", "Faarax"), ("Abdirahman", "Farah")),
        (("Siobhán", "Ó Briain"), ("Shevaun", "O’Brien")),
        (("Łukasz", "Wiśniewski"), ("Lukas", "Vishnevsky")),
        (("عمر", "الحكيم"), ("Umar", "Al-Hakeem")),
        (("Şükrü", "Öztürk"), ("Shukru", "Oeztuerk")),
        (("Garside", "Wren"), ("Wren", "Garside")),
        (("Wren Garside", ""), ("Wren", "Garside")),
        (("Kate", "Pickersgill"), ("Katherine", "Pikersgil")),
    ],
)
def test_another_spelling_is_likely_and_with_another_birth_possible(earlier, later):
    known = made(*earlier, born=date(2008, 3, 11))
    same = made(*later, born=date(2008, 3, 11))
    assert bands(same) == {known.pk: Band.LIKELY}
    for born in (date(2008, 11, 3), date(2008, 3, 12)):
        assert set(bands(made(*later, born=born))) >= {known.pk, same.pk}


def test_a_name_without_birth_or_place_is_possible():
    known = made("Wren", "Pickersgill", born=date(2008, 3, 11), postcode="S70 2AB")
    assert bands(made("Wren", "Pikersgill")) == {known.pk: Band.POSSIBLE}


def test_an_estimated_age_is_of_use():
    known = made("Wren", "Pickersgill", born=date(NOW.year - 15, 1, 1), postcode="S70 2AB")
    later = made("Wren", "Pickersgill", approximate_age="15", postcode="S70 2AB")
    assert bands(later) == {known.pk: Band.LIKELY}
    assert bands(made("W", "Pickersgill", approximate_age="16"))[known.pk] == Band.POSSIBLE


def test_only_a_postcode_in_common_is_nothing():
    made("Wren", "Pickersgill", postcode="S70 2AB")
    assert candidates_for(made("Ada", "Thackray", postcode="S70 2AB").pk) == []


def test_somebody_of_whom_nothing_is_known_has_no_candidates():
    made()
    assert candidates_for(made().pk) == []
    assert candidates_like(Described()) == []


def test_somebody_who_does_not_exist_has_none():
    with pytest.raises(SearchRow.DoesNotExist):
        candidates_for(made().search_row.pk)


def test_nobody_is_offered_more_than_can_be_looked_at():
    for day in range(1, OFFERED + 8):
        made("Wren", "Pickersgill", born=date(2008, 3, day))
    found = candidates_for(made("Wren", "Pickersgill", born=date(2008, 3, 1)).pk)
    assert len(found) == OFFERED


def test_the_likeliest_stand_first_and_the_order_is_always_the_same():
    same = made("Wren", "Pickersgill", born=date(2008, 3, 1))
    others = sorted(made("Wren", "Pickersgill", born=date(2008, 3, 2)).pk for _each in range(5))
    later = made("Wren", "Pickersgill", born=date(2008, 3, 1))
    assert [each.person for each in candidates_for(later.pk)] == [same.pk, *others]


def test_it_takes_three_statements(django_assert_num_queries):
    later = made("Wren", "Pickersgill", born=date(2008, 3, 1), postcode="S70 2AB")
    with django_assert_num_queries(3):
        candidates_for(later.pk)


def test_no_name_stays_in_memory():
    made("Wren", "Pickersgill", born=date(2008, 3, 1))
    candidates_for(made("Wren", "Pickersgill", born=date(2008, 3, 1)).pk)
    kept = [function for function in vars(comparing).values() if hasattr(function, "cache_info")]
    assert kept
    assert [each.cache_info().currsize for each in (*kept, sounds_of)] == [0] * (len(kept) + 1)


def test_what_agrees_and_what_is_unknown_is_said_of_each_field():
    made("Wren", "Pickersgill", born=date(2008, 3, 1))
    (found,) = candidates_for(made("Wren", "Pickersgill", born=date(2008, 3, 1)).pk)
    assert [(each.field, each.verdict) for each in found.evidence] == [
        (Field.GIVEN_NAMES, Verdict.AGREES),
        (Field.FAMILY_NAME, Verdict.AGREES),
        (Field.BIRTH, Verdict.AGREES),
        (Field.POSTCODE, Verdict.UNKNOWN),
        (Field.ADDRESS, Verdict.UNKNOWN),
        (Field.PHONE, Verdict.UNKNOWN),
        (Field.EMAIL, Verdict.UNKNOWN),
        (Field.SCHOOL, Verdict.UNKNOWN),
    ]


@pytest.mark.parametrize(
    ("field", "name", "told"),
    [
        (Field.PHONE, "person_phone", ("07700 900123", "+447700900123")),
        (Field.EMAIL, "person_email", ("wren@post.example", "WREN+home@post.example")),
    ],
)
def test_the_same_telephone_or_mailbox_finds_somebody_whose_name_was_hardly_known(field, name, told):
    known = {**TEACHER, "given_names": "Wren", "family_name": "Pickersgill", "authority": BARNSLEY, "postcode": ""}
    earlier = submitted({**known, name: told[0]})
    submitted(known)
    later = submitted({**known, "given_names": "", "family_name": "", "description": "A boy", name: told[1]})
    (found,) = candidates_for(later.person_id)
    assert (found.person, found.band) == (earlier.person_id, Band.POSSIBLE)
    assert {each.field: each.how for each in found.evidence}[field] == How.SAME


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("address", ("17 Bramley Street, Carlton", "flat 2, 17 Bramley St")),
        ("study_or_work", ("Hollybrook Academy", "the Hollybrook school")),
    ],
)
def test_an_address_or_a_school_finds_somebody_with_a_name_alone(name, told):
    known = {**TEACHER, "given_names": "Wren", "family_name": "", "approximate_age": "", "postcode": "",
             "authority": BARNSLEY}  # fmt: skip
    earlier = submitted({**known, "family_name": "Pickersgill", name: told[0]})
    stranger = submitted({**known, "given_names": "Ada", "family_name": "Thackray", name: told[0]})
    found = {each.person for each in candidates_for(submitted({**known, name: told[1]}).person_id)}
    assert earlier.person_id in found
    assert stranger.person_id not in found


def test_who_refers_themselves_is_found_by_their_own_telephone():
    mine = {**TEACHER, "referrer_kind": "self", "referrer_phone": "07700 900123", "approximate_age": "15"}
    earlier = submitted({**TEACHER, "person_phone": "07700 900123", "approximate_age": "16", "postcode": "LS1 4AP"})
    found = {each.person: each for each in candidates_for(submitted(mine).person_id)}[earlier.person_id]
    assert {each.field: each.how for each in found.evidence}[Field.PHONE] == How.SAME
    assert found.band == Band.LIKELY, "names, an age that fits, and the telephone"
    of_teacher = SearchRow.objects.get(person=submitted(TEACHER).person_id)
    assert of_teacher.facts == "", "a teacher's telephone is not their pupil's"


@settings(max_examples=30)
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=12))
def test_whatever_is_typed_can_be_looked_for(name, family, postcode):
    candidates_like(described(Person(given_names=name, family_name=family, postcode=postcode), Aside()))
