"""Twins, fathers and sons of one name, siblings at one address, namesakes: never likely without a further fact."""

from datetime import date, timedelta
from itertools import product
from random import Random

import pytest

from benchmarks.matching.origins import ORIGINS
from people.matching.described import Described
from people.matching.evidence import Band
from people.matching.normalising import words_of
from people.matching.scoring import compare
from people.matching.variants import names_of
from people.matching.whereabouts import Whereabouts, hashed

EACH = 20
# Twins whose names sound as twins' names do.
ALIKE = [
    "Hassan Hussain", "Amina Amira", "Ella Emma", "Jayden Hayden", "Zain Zaid", "Maya Mia", "Aisha Asma", "Sean Shane",
    "Niamh Neasa", "Rhys Rhian", "Taiwo Kehinde", "Jan Janusz", "Elif Elvan", "Abdi Abdirashid", "Rahim Rahman",
    "Holly Hannah", "Daniel Danielle", "Oliver Olivia", "Adam Adnan", "Sara Sana", "Ahmed Hamed", "Salim Salman",
    "Karim Karima", "Amir Amin", "Iman Imran", "Nasrin Nasra", "Piotr Pawel", "Siân Siôn", "Ryan Rowan", "Kofi Kojo",
    "Kayden Jayden", "Asif Atif", "Wahid Walid", "Chukwuemeka Chukwuebuka", "Oluwaseun Oluwasegun", "Oliwia Oliwier",
    "Mila Mina", "Jacek Jarek", "Serkan Berkan", "Alwyn Arwyn", "Rakesh Ramesh", "Samira Sumaira",
]  # fmt: skip


def pairs():
    """200 pairs of given names from ten origins with a family name, drawn by chance, and those that sound alike."""
    rng = Random(6)
    for origin in ORIGINS:
        latin = [each for each in origin.given if each.isascii()]
        for _time in range(EACH):
            one, other = rng.sample(latin, 2)
            # Nobody calls twins Christine and Tina.
            while names_of(one.lower()) & names_of(other.lower()):
                one, other = rng.sample(latin, 2)
            yield one, other, rng.choice(origin.family)
    yield from ((*each.split(), "Entwistle") for each in ALIKE)


PAIRS = [*pairs()]


HOUSEHOLD = hashed(Whereabouts("17 Bramley Street, Carlton", "07700 900123", "", "Hollybrook Academy"))
SCHOOL = hashed(Whereabouts(school="Hollybrook"))
# What is known of both besides postcode: nothing; all that a family shares; even the mailbox.
SHARED = ["", HOUSEHOLD, f"{HOUSEHOLD} {hashed(Whereabouts(email='family@post.example'))}"]


def person(given, family, born=date(2010, 3, 8), postcode="S702AB", facts=""):
    return Described(" ".join(words_of(given)), " ".join(words_of(family)), "", born, None, postcode, facts)


def band(one, other):
    return compare(one, other).band


def test_there_are_two_hundred_pairs_and_more():
    assert len(PAIRS) >= 200


@pytest.mark.parametrize("names", PAIRS, ids=lambda names: "-".join(names))
def test_twins_are_not_likely(names):
    one, other, family = names
    for facts in SHARED:
        assert band(person(one, family, facts=facts), person(other, family, facts=facts)) != Band.LIKELY


@pytest.mark.parametrize("names", PAIRS, ids=lambda names: "-".join(names))
def test_father_and_son_of_one_name_at_one_address_are_not_likely(names):
    name, _other, family = names
    for years, facts in product((17, 20, 28, 41), SHARED):
        son = person(name, family, facts=facts)
        for born in (date(2010 - years, 8, 21), date(2010 - years, 3, 8)):
            assert band(son._replace(born=born), son) != Band.LIKELY
            assert band(son._replace(born=born), son._replace(born=None, born_about=2011)) != Band.LIKELY
        assert band(son._replace(born=None), son) != Band.LIKELY
        elder, younger = date(1964, 3, 8), date(1994, 3, 8)
        assert band(son._replace(born=elder), son._replace(born=younger)) != Band.LIKELY, "one digit, and thirty years"


@pytest.mark.parametrize("names", PAIRS, ids=lambda names: "-".join(names))
def test_siblings_at_one_address_are_not_likely(names):
    one, other, family = names
    for facts in SHARED:
        younger = person(other, family, born=date(2010, 3, 8) + timedelta(days=700), facts=facts)
        assert band(person(one, family, facts=facts), younger) != Band.LIKELY


@pytest.mark.parametrize("names", PAIRS, ids=lambda names: "-".join(names))
def test_namesakes_are_not_likely_and_with_a_further_fact_they_are(names):
    name, _other, family = names
    mine = person(name, family)
    assert band(mine, person(name, family, born=date(2004, 11, 23), postcode="B11AA")) != Band.LIKELY
    assert band(mine, person(name, family, born=None, postcode="B11AA")) != Band.LIKELY
    assert band(mine, person(name, family, born=None)) != Band.LIKELY, "a father or a son at the same address"
    aged = person(name, family, born=None, postcode="B11AA")._replace(born_about=2010)
    assert band(mine._replace(facts=SCHOOL), aged._replace(facts=SCHOOL)) != Band.LIKELY, "in one class"
    assert band(mine._replace(facts=HOUSEHOLD), aged._replace(facts=HOUSEHOLD)) == Band.LIKELY
    assert band(mine, person(name, family, postcode="B11AA")) == Band.LIKELY
    assert band(mine, person(name, family, born=date(2010, 8, 3))) == Band.LIKELY


@pytest.mark.parametrize("there", [{"postcode": "S703XY"}, {"postcode": "B11AA", "facts": SCHOOL}])
def test_namesakes_of_one_district_or_class_and_nearly_of_one_age_are_likely_only_where_a_name_is_rare(there):
    facts, born = there.get("facts", ""), date(2010, 3, 18)
    for names, expected in ((("Mohammed", "Ali"), Band.POSSIBLE), (("Peregrine", "Achterlonie"), Band.LIKELY)):
        assert band(person(*names, facts=facts), person(*names, born=born, **there)) == expected
