"""Honest referrals from one school's template differ; a script's copies do not, whatever small things it exchanges."""

from random import Random

import pytest

from referrals.form import FORM_VERSION, clean
from referrals.likeness import WINDOW, Sketch
from tests.making import TEACHER
from tests.referrals.writing import OPENING, SCRIPTED, from_template, honest, many, own_words, scripted

AT_MOST = 20  # what judge_likeness lets pass


def sketch(answers):
    return Sketch.of(clean(answers), FORM_VERSION)


def told(story, **also):
    return sketch({**TEACHER, "concern": story, **also})


def largest_group(sketches):
    leaders: list[Sketch] = []
    sizes: list[int] = []
    for each in sketches:
        at = next((number for number, leader in enumerate(leaders) if each.is_alike(leader)), None)
        if at is None:
            leaders.append(each)
            sizes.append(1)
        else:
            sizes[at] += 1
    return max(sizes)


@pytest.mark.parametrize("write", [honest, from_template])
@pytest.mark.parametrize("seed", range(4))
def test_three_hundred_honest_referrals_from_one_school_are_not_alike(write, seed):
    assert largest_group(map(sketch, many(write, 300, seed=seed))) < AT_MOST


@pytest.mark.parametrize("edits", [0, 3, 6, 10])
def test_seven_hundred_copies_with_small_random_edits_and_made_up_names_are_alike(edits):
    copies = map(sketch, many(lambda rng: scripted(rng, edits=edits), 700))
    assert largest_group(copies) == 700


def test_most_of_the_copies_are_alike_even_where_one_word_in_six_is_exchanged():
    copies = map(sketch, many(lambda rng: scripted(rng, edits=15), 700))
    assert largest_group(copies) > 600


def test_the_same_opening_and_one_sentence_of_ones_own_is_enough_to_differ():
    rng = Random(3)  # repeatable
    one, other = (told(OPENING + own_words(rng)) for _pupil in range(2))
    assert not one.is_alike(other) and not other.is_alike(one)


def test_a_text_that_goes_on_where_the_other_ends_has_a_passage_of_its_own():
    assert not told(SCRIPTED).is_alike(told(SCRIPTED + " " + OPENING))
    assert not told(SCRIPTED + " " + OPENING).is_alike(told(SCRIPTED))


def test_capitals_stops_and_spaces_make_no_difference():
    assert told(SCRIPTED).pairs == told(SCRIPTED.upper().replace(".", " !! ")).pairs


def test_what_is_told_elsewhere_on_the_form_counts_too():
    rng = Random(4)  # repeatable
    assert not told(OPENING, complex_needs=own_words(rng)).is_alike(told(OPENING, complex_needs=own_words(rng)))


def test_a_few_words_alone_say_nothing_so_whom_they_are_about_counts():
    see = "Please see the attached report."
    bethan = {"given_names": "Bethan", "family_name": "Ellwood", "approximate_age": "13", "postcode": "LS1 1UR"}
    omar = {"given_names": "Omar", "family_name": "Farah", "approximate_age": "17", "postcode": "BD1 1HX"}
    also = {"address": "", "description": ""}
    assert not told(see, **bethan, **also).is_alike(told(see, **omar, **also))
    assert told(see, **bethan, **also).is_alike(told(see, **bethan, **also))


def test_whom_a_long_text_is_about_does_not_make_it_differ():
    assert told(SCRIPTED, given_names="Ann").is_alike(told(SCRIPTED, given_names="Bo", postcode="BD1 1HX"))


def test_nothing_is_like_a_text_without_two_words():
    nothing = Sketch([])
    assert not nothing.is_alike(nothing) and nothing.summary == 0


def test_a_very_long_text_is_compared_by_its_beginning_and_its_end():
    assert len(told("worry " * 20_000).pairs) < 700


def test_a_sketch_is_kept_without_a_word_of_the_text_and_read_again():
    made = told(SCRIPTED)
    kept = made.to_store()
    assert list(Sketch.stored(kept).pairs) == list(made.pairs)
    assert len(kept) == 4 * len(made.pairs) and b"neighbour" not in kept


def test_another_installation_makes_another_sketch(settings):
    here = told(SCRIPTED)
    settings.SECRET_KEY = "another installation's key"
    assert not here.is_alike(told(SCRIPTED))


def test_a_summary_fits_a_bigint_and_is_near_for_copies_and_far_for_others():
    copies = [sketch(each) for each in many(scripted, 60)]
    other = told(own_words(Random(1)))  # repeatable
    assert all(-(2**63) <= each.summary < 2**63 for each in copies)

    def distance(one, two):
        return ((one.summary ^ two.summary) & (2**64 - 1)).bit_count()

    assert max(distance(copies[0], each) for each in copies) <= 24 < WINDOW * 2
    assert min(distance(other, each) for each in copies) > 10
