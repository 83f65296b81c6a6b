"""Whether somebody fits what was typed, and how."""

from datetime import date

import pytest

from people.matching.described import Described
from people.matching.evidence import How
from referrals.searching.fitting import Fit, fit
from referrals.searching.typed import Typed

BORN = date(2006, 8, 7)
AXEL = Described("axel", "rudderham", "ace", BORN, None, "S702AB")


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        (Typed(names=("rudderham",)), Fit((How.SAME,))),
        (Typed(names=("ruderham", "axel")), Fit((How.TYPO, How.SAME))),
        (Typed(names=("ace",)), Fit((How.ALIAS,))),
        (Typed(names=("a",)), Fit((How.INITIAL,))),
        (Typed(names=("rudd",)), Fit((How.SHORT,))),
        (Typed(dates=(BORN,)), Fit(birth=How.SAME)),
        (Typed(dates=(date(2006, 7, 8),)), Fit(birth=How.SWAPPED)),
        (Typed(dates=(date(1950, 1, 1), BORN)), Fit(birth=How.SAME)),
        (Typed(postcodes=("S702AB",)), Fit(postcode=How.SAME)),
        (Typed(districts=("S70",)), Fit(postcode=How.DISTRICT)),
        (Typed(names=("axel",), dates=(BORN,), postcodes=("S702AC",)), Fit((How.SAME,), How.SAME, How.DIGIT)),
    ],
)
def test_what_fits_is_said_term_by_term(typed, fits):
    assert fit(typed, AXEL) == fits


@pytest.mark.parametrize(
    "typed",
    [
        Typed(names=("axel", "garside")),
        Typed(names=("axel",), dates=(date(1990, 1, 1),)),
        Typed(names=("axel",), dates=(date(2006, 1, 1),)),
        Typed(names=("axel",), postcodes=("LS115AB",)),
        Typed(districts=("LS11",)),
        Typed(),
    ],
)
def test_one_thing_that_differs_leaves_somebody_out(typed):
    assert fit(typed, AXEL) is None


def test_what_is_not_known_leaves_nobody_out_unless_it_is_all_that_was_typed():
    somebody = Described("axel", "rudderham")
    both = Typed(names=("axel",), dates=(BORN,), postcodes=("S702AB",))
    assert fit(both, somebody) == Fit((How.SAME,), How.NOT_KNOWN, How.NOT_KNOWN)
    assert fit(Typed(dates=(BORN,)), somebody) is None


def test_the_better_something_fits_the_nearer_it_is():
    near = [
        Fit(by_reference=True), Fit((How.SAME,), How.SAME), Fit((How.SAME,), How.SWAPPED),
        Fit((How.TYPO,), How.SWAPPED), Fit((How.TYPO,), How.NOT_KNOWN),
    ]  # fmt: skip
    assert sorted(near, key=lambda each: each.far) == near
    assert len({each.far for each in near}) == len(near)
