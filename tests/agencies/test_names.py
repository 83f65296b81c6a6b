"""Two names meet word by word, in any order, however they are typed; no other name does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.names import NamesIn, meets, pool_of, stands_in, words_of


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Siân O’Brien-Łukasik", ["sian", "obrien", "lukasik"]),
        ("  BRONWEN   haworth ", ["bronwen", "haworth"]),
        ("Weiß, Jürgen", ["weiss", "jurgen"]),
        ("Æthelstan Ørsted", ["aethelstan", "orsted"]),
        ("D'Arcy\u200f Ng\u0303", ["darcy", "ng"]),
        ("مُحَمَّد علي", ["محمد", "علي"]),
        ("\x00 \u2066 …", []),
        ("", []),
    ],
)
def test_a_name_has_one_spelling_whatever_was_typed(typed, words):
    assert words_of(typed) == words


@pytest.mark.parametrize(
    ("person", "also"),
    [
        ("Bronwen Haworth", ""),
        ("HAWORTH bronwen", ""),
        ("Bronwen Mary Haworth", ""),
        ("Bronwen", "Haworth"),
        ("Bron Howarth", "Bronwen; Haworth"),
        ("", "known online as Bronwen Haworth"),
        ("BronwenHaworth", ""),
        ("Bron-wen Ha’worth", ""),
    ],
)
def test_a_users_name_is_met_in_any_order_and_in_other_spellings(person, also):
    assert meets("Bronwen Haworth", of=person, also=also)


@pytest.mark.parametrize(
    "person", ["John O Brien", "John OBrien", "O’Brien John", "john o-brien", "John Kevin O’Brien"]
)
@pytest.mark.parametrize("user", ["John O’Brien", "John O Brien", "O'BRIEN, John"])
def test_a_name_in_two_parts_meets_itself_written_as_one(user, person):
    assert meets(user, of=person)


@pytest.mark.parametrize(
    ("person", "also"),
    [
        ("Bronwen", ""),
        ("Haworth", ""),
        ("Bronwen Haworthy", ""),
        ("Bronwyn Haworth", ""),
        ("Tomasz Haworth", "Bron"),
        ("", ""),
        ("", "..."),
    ],
)
def test_half_a_name_or_a_like_one_is_another_name(person, also):
    assert not meets("Bronwen Haworth", of=person, also=also)


def test_a_middle_name_may_be_the_users_own():
    assert meets("Bronwen Mary Haworth", of="Bronwen Haworth")


def test_a_name_of_one_word_meets_only_the_very_same():
    assert meets("Prince", of="prince")
    assert meets("Prince", of="Somebody Else", also="PRINCE")
    assert not meets("Prince", of="Prince Charming")
    assert not meets("", of="") and not meets("...", of="")


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Her mother is Bronwen Haworth, a nurse.", True),
        ("haworth, bronwen: mother", True),
        ("Bronwen, and a neighbour called Haworth", False),
        ("Bronwen", False),
        ("", False),
    ],
)
def test_in_a_text_a_name_stands_together(text, there):
    assert stands_in("Bronwen Haworth", text) is there
    assert not stands_in("Bronwen", text)


def test_all_the_names_of_a_referral_are_compared():
    names = NamesIn(person="Tomasz Nowak", also="Tomek", others=["Adam Nowak"], texts=["lives with Ewa Nowak"])
    assert all(names.meet(name) for name in ("Nowak Tomasz", "Tomek Nowak", "Adam Nowak", "Ewa Nowak"))
    assert not names.meet("Piotr Nowak")
    assert {"tomasz", "tomek", "adam", "ewa", "nowak"} <= names.pool


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_a_name_meets_itself_and_shares_a_word_with_what_it_meets(one, other):
    if words_of(one):
        assert meets(one, of=one)
    if meets(one, of=other):
        assert pool_of(one) & pool_of(other)
        assert meets(other, of=one) or len(words_of(one)) == 1 or len(words_of(other)) == 1
