"""Names stand in the order that readers of their language expect."""

import pytest

from agencies.alphabets import APART, in_order, sorting_key


def ordered(language: str, *names: str) -> list[str]:
    return in_order(names, language, name=str)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Cybi", "Chwilog"), ("Dwyran", "Ddol"), ("Fychan", "Ffestiniog"), ("Gwynedd", "Ngala"), ("Ngala", "Harlech"),
        ("Lydstep", "Llanelli"), ("Pwllheli", "Philadelphia"), ("Ruthun", "Rhyl"), ("Tywyn", "Thatcham"),
        ("Llwyd", "Môn"), ("Thatcham", "Ulverston"), ("Jersey", "Kent"), ("Wrecsam", "Ynys Môn"),
    ],
)  # fmt: skip
def test_digraphs_are_letters_of_the_welsh_alphabet(before: str, after: str) -> None:
    assert ordered("cy", after, before) == [before, after]


@pytest.mark.parametrize(("before", "after"), [("Cheshire", "Cumberland"), ("Llanelli", "Luton"), ("Rhyl", "Ruthin")])
def test_in_english_they_are_two(before: str, after: str) -> None:
    assert ordered("en", after, before) == [before, after]
    assert ordered("cy", before, after) == [after, before]


def test_they_count_within_a_name_too() -> None:
    assert ordered("cy", "Ceffyl", "Cefn") == ["Cefn", "Ceffyl"]


def test_accents_capitals_spaces_and_hyphens_decide_only_between_names_that_are_else_alike() -> None:
    assert ordered("cy", "môr", "mor", "MOR", "mos") == ["MOR", "mor", "môr", "mos"]
    assert ordered("cy", "Pen-y-bont", "Penarth", "Pen y bont", "Pen-y-cae") == [
        "Penarth", "Pen y bont", "Pen-y-bont", "Pen-y-cae",
    ]  # fmt: skip


def test_two_letters_that_are_kept_apart_are_two() -> None:
    bangor = f"Ban{APART}gor"
    assert sorting_key(bangor, "cy")[0] == sorting_key("Bän-gor".replace("-", APART), "cy")[0]
    assert ordered("cy", "Banw", bangor, "Bangor") == ["Bangor", bangor, "Banw"]
