"""Texts beside each other, and what the first has not."""

from referrals.side_by_side import COMPARED, Piece, pieces


def test_words_that_the_first_has_not_are_marked():
    assert pieces("a man in a red car", "a man in the blue car today") == [
        Piece("a man in", differs=False),
        Piece("the blue", differs=True),
        Piece("car", differs=False),
        Piece("today", differs=True),
    ]


def test_the_same_text_is_one_piece_as_it_was_written():
    assert pieces("one\ntwo", "one\ntwo") == [Piece("one\ntwo", differs=False)]


def test_of_a_very_long_text_the_beginning_is_compared_and_the_rest_is_shown():
    found = pieces("word " * COMPARED, "word " * COMPARED + "the rest of it")
    assert found[-1] == Piece("the rest of it", differs=False)
