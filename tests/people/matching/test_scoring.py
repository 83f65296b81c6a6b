"""What two persons' details say to each other, and whether they may be one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.matching.described import Described
from people.matching.evidence import VERDICTS, Band, Evidence, Field, How, Verdict
from people.matching.normalising import words_of
from people.matching.scoring import compare
from people.matching.weights import weights
from people.matching.whereabouts import Whereabouts, hashed

BORN = date(2010, 3, 8)
WHOLE = Described("tomasz", "ashdown", "", BORN, None, "S702AB")

WORDS = [
    "tomasz", "tomas", "thomas", "mohammed", "muhammad", "mohamed", "ali", "ashdown", "ashdon", "asdown", "sian",
    "siobhan", "shevaun", "faarax", "farah", "j", "m", "llewelyn", "abdirahman", "cabdiraxmaan",
]  # fmt: skip
NAMES = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
DAYS = st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2020, 12, 31)), st.just(BORN))
YEARS = st.one_of(st.none(), st.integers(1950, 2020))
POSTCODES = st.sampled_from(["", "S702AB", "S702AD", "S720AB", "B11AA", "3056"])
HOMES = st.sampled_from(["", "17 Bramley Street", "19 Bramley Street", "4 Oak Lane"])
PHONES = st.sampled_from(["", "07700 900123", "07700 900124"])
MAILBOXES = st.sampled_from(["", "wren.garside@post.example", "wren.garside@other.example", "ada@post.example"])
SCHOOLS = st.sampled_from(["", "Hollybrook Academy", "Hollybrook Carlton", "Ashfield High"])
FACTS = st.builds(Whereabouts, HOMES, PHONES, MAILBOXES, SCHOOLS).map(hashed)
PERSONS = st.builds(Described, NAMES, NAMES, NAMES, DAYS, YEARS, POSTCODES, FACTS)
ORDER = list(Band)


def person(name="", family="", born=BORN, postcode="", other="", born_about=None):
    given_words, family_words, others = (" ".join(words_of(each)) for each in (name, family, other))
    return Described(given_words, family_words, others, born, born_about, postcode)


def replace(one, **changes):
    return one._replace(**changes)


def found(one, other):
    return {each.field: each.how for each in compare(one, other).evidence}


@pytest.mark.parametrize(
    ("one", "other", "given_names", "family_name"),
    [
        (("Mohammed", "Akhtar"), ("Muhammad", "Akhter"), How.VARIANT, How.VARIANT),
        (("Kate", "Ashdown"), ("Katherine", "Ashdown"), How.VARIANT, How.SAME),
        (("Siobhán", "Ó Briain"), ("Shevaun", "O'Brien"), How.VARIANT, How.VARIANT),
        (("Cabdiraxmaan", "Faarax"), ("Abdirahman", "Farah"), How.VARIANT, How.VARIANT),
        (("محمد", "خان"), ("Mohammed", "Khan"), How.VARIANT, How.VARIANT),
        (("Rezwaana", "Zaphar"), ("Rezwana", "Zafar"), How.TYPO, How.SOUND),
        (("Tomasz", "Entwistle"), ("Tomasz", "Entwhistel"), How.SAME, How.TYPO),
        (("Entwistle", "Wren"), ("Wren", "Entwistle"), How.SAME, How.SAME),
        (("Wren Entwistle", ""), ("Wren", "Entwistle"), How.SAME, How.SAME),
        (("", "Wren Entwistle"), ("Wren", "Entwistle"), How.SAME, How.SAME),
        (("W", "Entwistle"), ("Wren", "Entwistle"), How.INITIAL, How.SAME),
        (("Wren Ada", "Entwistle"), ("Wren", "Entwistle"), How.PART, How.SAME),
        (("Wren", "Entwistle-Garside"), ("Wren", "Entwistle"), How.SAME, How.PART),
        (("Anne Marie", "Garside"), ("Annemarie", "Garside"), How.SAME, How.SAME),
        (("Rizwaan", "Kowalczyk"), ("Riz", "Kowalczyk"), How.SHORT, How.SAME),
        (("Wren", "Garside"), ("Wren", ""), How.SAME, How.NOT_KNOWN),
        (("Hassan", "Mirza"), ("Hussain", "Mirza"), How.OTHER, How.SAME),
        (("Amina", "Mirza"), ("Amira", "Mirza"), How.ALIKE, How.SAME),
    ],
)
def test_each_name_says_how_it_compares(one, other, given_names, family_name):
    told = found(person(*one), person(*other))
    assert (told[Field.GIVEN_NAMES], told[Field.FAMILY_NAME]) == (given_names, family_name)


def test_a_name_among_the_other_names_is_an_alias():
    told = found(person("Wren", "Garside", other="known as Taz online"), person("Taz", "Garside"))
    assert told[Field.GIVEN_NAMES] == How.ALIAS


@pytest.mark.parametrize(
    ("other", "how"),
    [
        (date(2010, 3, 8), How.SAME),
        (date(2010, 8, 3), How.SWAPPED),
        (date(2010, 3, 18), How.DIGIT),
        (date(2001, 3, 8), How.DIGIT),
        (date(2010, 3, 29), How.TWO_PARTS),
        (date(2006, 3, 8), How.TWO_PARTS),
        (date(1998, 3, 8), How.TWO_PARTS),
        (date(1986, 3, 8), How.OTHER),
        (date(2010, 12, 25), How.YEAR),
        (date(1980, 12, 25), How.OTHER),
        (date(2019, 3, 8), How.DIGIT),
        (date(2040, 3, 8), How.OTHER),
    ],
)
def test_each_date_of_birth_says_how_it_compares(other, how):
    assert found(person(born=BORN), person(born=other))[Field.BIRTH] == how


@pytest.mark.parametrize(
    ("year", "how"), [(2010, How.AGE), (2012, How.AGE), (2008, How.AGE), (2007, How.OTHER), (None, How.NOT_KNOWN)]
)
def test_an_age_is_compared_where_no_birth_is_known(year, how):
    aged = person(born=None, born_about=year)
    assert found(person(born=BORN), aged)[Field.BIRTH] == how
    assert found(person(born=None, born_about=2010), aged)[Field.BIRTH] == how


@pytest.mark.parametrize(
    ("postcode", "how"),
    [
        ("S702AB", How.SAME),
        ("S702BA", How.DIGIT),
        ("S709XY", How.DISTRICT),
        ("B11AA", How.OTHER),
        ("", How.NOT_KNOWN),
    ],
)
def test_each_postcode_says_how_it_compares(postcode, how):
    assert found(person(postcode="S702AB"), person(postcode=postcode))[Field.POSTCODE] == how


def test_every_finding_has_a_verdict_and_a_weight():
    assert set(VERDICTS) == set(How)
    names = set(How) - {How.SWAPPED, How.DIGIT, How.TWO_PARTS, How.AGE, How.DISTRICT, How.YEAR, How.WORDS}
    births = {How.SAME, How.SWAPPED, How.DIGIT, How.TWO_PARTS, How.AGE, How.YEAR, How.NOT_KNOWN, How.OTHER}
    places = {How.SAME, How.DIGIT, How.DISTRICT, How.NOT_KNOWN, How.OTHER}
    told = {How.SAME, How.WORDS, How.NOT_KNOWN, How.OTHER}
    of_field = {
        Field.GIVEN_NAMES: names, Field.FAMILY_NAME: names, Field.BIRTH: births, Field.POSTCODE: places,
        Field.ADDRESS: told, Field.PHONE: told - {How.WORDS}, Field.EMAIL: told, Field.SCHOOL: told,
    }  # fmt: skip
    assert set(weights()) == {
        Evidence(field, how, rare) for field, hows in of_field.items() for how in hows for rare in (False, True)
    }


def test_what_differs_speaks_against_and_what_is_unknown_says_nothing():
    for each, weight in weights().items():
        if each.verdict == Verdict.UNKNOWN:
            assert weight == 0
        else:
            assert (weight < 0) is (each.verdict == Verdict.DIFFERS), each


@given(PERSONS, PERSONS)
def test_it_does_not_matter_who_is_compared_with_whom(one, other):
    assert compare(one, other) == compare(other, one)


@given(PERSONS, PERSONS)
def test_the_order_of_names_does_not_matter(one, other):
    turned = replace(one, given=" ".join(reversed(one.given.split())), family=" ".join(reversed(one.family.split())))
    crossed = replace(one, given=one.family, family=one.given)
    told = compare(one, other)
    if one.given and one.family:
        assert compare(turned, other).weight == told.weight
    assert (compare(crossed, other).weight, compare(crossed, other).band) == (told.weight, told.band)


@given(PERSONS, PERSONS, st.sampled_from(["born", "postcode", "facts"]))
def test_what_is_missing_never_makes_less_of_it_than_what_differs(one, other, name):
    nowhere = hashed(Whereabouts("1 Nowhere", "01632 960999", "x@nowhere.example", "Elsewhere"))
    differing = {"born": date(1901, 1, 31), "postcode": "ZE11AA", "facts": nowhere}[name]
    missing = {"born": None, "postcode": "", "facts": ""}[name]
    if name == "born":
        one, other = replace(one, born=BORN), replace(other, born_about=None)
    less = compare(one, replace(other, **{name: differing})).band
    assert ORDER.index(compare(one, replace(other, **{name: missing})).band) <= ORDER.index(less)


@given(PERSONS)
def test_a_missing_family_name_is_no_worse_than_another(one):
    whole = replace(one, given="wren", family="garside")
    less = compare(whole, replace(whole, family="pickersgill")).band
    assert ORDER.index(compare(whole, replace(whole, family="")).band) <= ORDER.index(less)


@given(PERSONS)
def test_the_very_same_words_are_likely_where_enough_is_known(one):
    whole = replace(one, given="wren", family="garside", born=BORN)
    assert compare(whole, whole).band == Band.LIKELY


@pytest.mark.parametrize("born", [BORN + timedelta(days=1), BORN.replace(month=8, day=3), BORN])
def test_a_misspelt_surname_and_a_wrong_day_are_likely_where_the_place_agrees(born):
    earlier, later = person("Tomasz", "Entwistle"), person("Tomasz", "Entwhistel", born=born)
    at_home = replace(earlier, postcode="S702AB")
    assert compare(earlier, later).band == (Band.LIKELY if born == BORN else Band.POSSIBLE)
    for postcode in ("S702AB", "S702BA", "S701XY"):
        assert compare(at_home, replace(later, postcode=postcode)).band == Band.LIKELY


def test_a_name_alone_is_no_more_than_possible():
    alone = person("Tomasz", "Entwistle", born=None)
    assert compare(alone, alone).band == Band.POSSIBLE
    assert compare(person(born=None), person(born=None)).band == Band.NONE
    assert compare(person(), person()).band == Band.NONE, "nothing but a day on which many were born"


FURTHER = {
    "address": ("17 Bramley Street, Carlton", "17 bramley st"),
    "phone": ("07700 900123", "+44 7700 900123"),
    "email": ("wren.garside@post.example", "WREN.GARSIDE@post.example"),
    "school": ("Hollybrook Academy", "Hollybrook school, Carlton"),
}


def telling(one, number, *names):
    return replace(one, facts=hashed(Whereabouts(**{name: FURTHER[name][number] for name in names})))


@pytest.mark.parametrize("name", FURTHER)
def test_a_further_fact_makes_likely_what_is_possible(name):
    earlier, later = person("Tomasz", "Entwistle"), person("Tomasz", "Entwhistel", born=BORN.replace(day=18))
    assert compare(earlier, later).band == Band.POSSIBLE
    assert compare(telling(earlier, 0, name), telling(later, 1, name)).band == Band.LIKELY
    aged = person("Tomasz", "Entwistle", born=None, born_about=BORN.year + 1)
    assert compare(earlier, aged).band == Band.POSSIBLE
    found = compare(telling(earlier, 0, name), telling(aged, 1, name)).band
    assert found == (Band.POSSIBLE if name == "school" else Band.LIKELY), "a class is of one age"


def test_who_shares_a_household_and_nothing_else_is_nobody():
    mother = telling(person("Ada", "Thackray", born=date(1980, 5, 5), postcode="S702AB"), 0, *FURTHER)
    lodger = telling(person("Wren", "Garside", born=date(2010, 3, 8), postcode="S702AB"), 1, *FURTHER)
    assert compare(mother, lodger).band == Band.NONE
    assert compare(replace(mother, given="", family=""), lodger).band == Band.POSSIBLE, "of whom no name is known"
