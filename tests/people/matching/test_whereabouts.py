"""Where somebody can be found, as it is compared: the same however it was written, and readable by nobody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.matching import whereabouts
from people.matching.comparing import compare_facts
from people.matching.evidence import How
from people.matching.whereabouts import Whereabouts, hashed

TOKEN = re.compile(r"[awtelcd]:[\w-]{11}")
TOLD = st.builds(Whereabouts, st.text(max_size=60), st.text(max_size=30), st.text(max_size=40), st.text(max_size=40))
ADDRESS, PHONE, EMAIL, SCHOOL = range(4)


def found(field, one, other):
    told = [hashed(Whereabouts(*("" if place != field else each for place in range(4)))) for each in (one, other)]
    assert compare_facts(*told) == compare_facts(*reversed(told))
    return compare_facts(*told)[field]


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("17 Bramley Street, Leeds", "17, bramley St. LS1 4AB", How.SAME),
        ("Flat 3, 17 Bramley Street", "17 Bramley Street", How.SAME),
        ("Flat 3 17 Bramley Street", "17 bramley", How.SAME),
        ("017a Bramley Street", "17 Bramley Street", How.SAME),
        ("Bramley Street 17", "17 Bramley Street", How.SAME),
        ("17 The Avenue, Carlton", "17 the avenue", How.SAME),
        ("His mother's: 4 Oak Lane\nand 17 Bramley Street", "17 Bramley Street", How.SAME),
        ("17 Bramley Street", "19 Bramley Street", How.WORDS),
        ("somewhere in Bramley Street", "17 Bramley Street, Leeds", How.WORDS),
        ("17 Bramley Street", "17 Bramly Street", How.WORDS),
        ("17 Bramley Street, Leeds", "17 Oak Lane, Leeds", How.OTHER),
        ("17 Bramley Street, Leeds", "Rose Cottage, Leeds", How.OTHER),
        ("17 Bramley Street", "", How.NOT_KNOWN),
        ("17 Bramley Street", "somewhere near", How.NOT_KNOWN),
        ("17 Bramley Street", "LS1 4AB", How.NOT_KNOWN),
    ],
)
def test_each_address_says_how_it_compares(one, other, how):
    assert found(ADDRESS, one, other) == how


@pytest.mark.parametrize("told", ["07700 900123", "+44 7700 900123", "0044 (0)7700-900123", "mobile: 07700900123",
                                  "0113 496 0001 or 07700 900 123", "٠٧٧٠٠ ٩٠٠١٢٣"])  # fmt: skip
def test_a_number_is_the_same_however_it_is_dialled(told):
    assert found(PHONE, told, "07700900123") == How.SAME
    assert found(PHONE, told, "07700900124") == How.OTHER
    assert found(PHONE, told, "1234") == How.NOT_KNOWN


@pytest.mark.parametrize(
    ("told", "how"),
    [
        ("Wren.Garside@post.example", How.SAME),
        ("<wren.garside+home@post.example>, old@post.example", How.SAME),
        ("wren.garside@other.example", How.WORDS),
        ("somebody@post.example", How.OTHER),
        ("no at sign", How.NOT_KNOWN),
    ],
)
def test_each_mailbox_says_how_it_compares(told, how):
    assert found(EMAIL, told, "wren.garside@post.example") == how


def test_the_mailbox_of_an_office_is_no_name():
    assert found(EMAIL, "enquiries@one.example", "enquiries@other.example") == How.OTHER
    assert found(EMAIL, "wren@one.example", "wren@other.example") == How.OTHER, "a name that many have"
    assert found(EMAIL, "wren.g@googlemail.com", "wren.g@gmail.com") == How.SAME


@pytest.mark.parametrize(
    ("told", "how"),
    [
        ("St. Mary's Primary School, Leeds", How.SAME),
        ("year 9 at Saint Marys", How.SAME),
        ("Marys Hollybrook", How.WORDS),
        ("Hollybrook Academy", How.OTHER),
        ("the school", How.NOT_KNOWN),
    ],
)
def test_each_school_says_how_it_compares(told, how):
    assert found(SCHOOL, told, "St Mary’s School") == how


@given(TOLD)
def test_whatever_is_typed_gives_nothing_but_tokens(told):
    tokens = hashed(told).split()
    assert all(TOKEN.fullmatch(token) for token in tokens)
    assert tokens == sorted(set(tokens))


@given(TOLD, TOLD)
def test_it_does_not_matter_which_is_compared_with_which(one, other):
    facts = hashed(one), hashed(other)
    assert compare_facts(*facts) == compare_facts(*reversed(facts))
    assert set(compare_facts(facts[0], facts[0])) <= {How.SAME, How.WORDS, How.NOT_KNOWN}


def test_another_installation_makes_other_tokens_and_other_rules_are_noticed(settings, monkeypatch):
    told = Whereabouts(phone="07700 900123")
    mine, version = hashed(told), whereabouts.version()
    assert "900123" not in mine
    settings.CONTACT_CODE_KEY = "another"
    assert hashed(told) != mine
    assert whereabouts.version() not in (0, version)
    other = whereabouts.version()
    monkeypatch.setattr(whereabouts, "RULES", whereabouts.RULES + 1)
    assert whereabouts.version() not in (0, version, other)
