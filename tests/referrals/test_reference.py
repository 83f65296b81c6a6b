"""References and contact codes that people read out, write down and mistype."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from referrals.reference import (
    ALPHABET,
    NotAReference,
    contact_code_matches,
    hash_contact_code,
    new_contact_code,
    new_reference,
    normalise_reference,
)

references = st.builds(new_reference)


def test_the_alphabet_has_30_characters_none_like_another() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 30
    assert not set("01ILOU") & set(ALPHABET)


def test_a_reference_is_two_groups_of_four() -> None:
    for reference in (new_reference() for _time in range(300)):
        assert len(reference) == 9
        assert reference[4] == "-"
        assert set(reference) <= {*ALPHABET, "-"}
        assert normalise_reference(reference) == reference


def test_references_do_not_come_twice() -> None:
    assert len({new_reference() for _time in range(2000)}) == 2000


@given(references, st.sampled_from([" ", "", " - ", "–", "."]))
def test_a_reference_is_understood_however_it_is_written(reference: str, between: str) -> None:
    first, second = reference.split("-")
    assert normalise_reference(f" {first.lower()}{between}{second} ") == reference


@given(references)
def test_every_single_wrong_character_is_caught(reference: str) -> None:
    joined = reference.replace("-", "")
    for place, right in enumerate(joined):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(NotAReference):
                normalise_reference(joined[:place] + wrong + joined[place + 1 :])


@given(references)
def test_every_two_characters_exchanged_are_caught_wherever_they_stand(reference: str) -> None:
    joined = list(reference.replace("-", ""))
    for first in range(8):
        for second in range(first):
            if joined[first] == joined[second]:
                continue
            exchanged = [*joined]
            exchanged[first], exchanged[second] = joined[second], joined[first]
            with pytest.raises(NotAReference):
                normalise_reference("".join(exchanged))


@given(st.text(max_size=12) | st.text(ALPHABET, min_size=7, max_size=9))
def test_any_text_gives_a_reference_or_a_sentence_saying_what_one_looks_like(text: str) -> None:
    try:
        normal = normalise_reference(text)
    except NotAReference as refusal:
        normal, said = "", str(refusal)
    assert len(normal) == 9 or "7K4M-Q2XP" in said


def test_a_contact_code_is_three_groups_of_four_and_known_by_its_hash_alone(
    settings: Settings,
) -> None:
    code = new_contact_code()
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert set(code) <= {*ALPHABET, "-"}
    kept = hash_contact_code(code)
    assert len(kept) == 64
    assert contact_code_matches(code.lower().replace("-", " "), kept)
    assert not contact_code_matches(new_contact_code(), kept)
    assert not contact_code_matches("", kept)
    settings.CONTACT_CODE_KEY = "another"
    assert hash_contact_code(code) != kept
