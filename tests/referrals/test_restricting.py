"""What the answers say of a user, their relative or their colleague, for every kind of referrer."""

import pytest

from referrals.form import FORM_VERSION, form_of
from referrals.questions.shapes import FAMILY, PUBLIC, SELF, WORK, say
from referrals.restricting import Ground, grounds_in, names_in
from tests.referrals.answering import SHORTEST

KINDS = (WORK, FAMILY, PUBLIC, SELF)
SAID = [ground for ground in Ground if ground is not Ground.NAME]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ground", SAID)
def test_each_answer_that_says_so_is_a_ground_for_every_kind_of_referrer(kind, ground):
    asked = {question.name: question for _page, question in form_of(FORM_VERSION).asked(SHORTEST[kind])}
    question = asked["work_and_family"]
    assert ground.value in {choice.value for choice in question.choices}
    assert grounds_in({**SHORTEST[kind], "work_and_family": [ground.value, "none"]}) == [ground]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("said", [["none"], ["unknown"], [], None, "police", [7], {"police": 1}])
def test_nothing_said_is_no_ground(kind, said):
    assert grounds_in({**SHORTEST[kind], "work_and_family": said}) == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_question_says_nothing_of_what_becomes_of_the_answer(kind):
    (question,) = (q for _page, q in form_of(FORM_VERSION).asked(SHORTEST[kind]) if q.name == "work_and_family")
    words = [question.label, question.hint, *(c.label for c in question.choices), *(c.hint for c in question.choices)]
    text = " ".join(str(say(each, SHORTEST[kind])) for each in words).lower()
    assert not any(word in text for word in ("restrict", "allegation", "held", "another desk"))


def test_a_teacher_who_said_in_the_first_version_that_they_work_with_children_is_no_ground():
    assert grounds_in({"referrer_kind": WORK, "restricted_work": ["children"]}) == []
    assert grounds_in({"referrer_kind": WORK, "restricted_work": ["children", "police"]}) == [Ground.POLICE]
    assert grounds_in({"referrer_kind": FAMILY, "restricted_work": ["children"]}) == [Ground.CHILDREN]


def test_a_relative_who_refers_and_who_refers_themselves_is_named_too_but_nobody_else_who_does():
    answers = {"given_names": "Idris", "family_name": "Vance", "referrer_name": "Bronwen Haworth", "household": "Mum"}
    for kind in (WORK, PUBLIC, FAMILY, SELF):
        assert names_in({**answers, "referrer_kind": kind}).meet("Bronwen Haworth") is (kind in {FAMILY, SELF})


def test_a_name_in_what_stands_in_place_of_one_is_compared_but_not_one_in_the_concern():
    answers = {"given_names": "Idris", "family_name": "Vance", "concern": "I told Bronwen Haworth, the Prevent lead."}
    assert not names_in(answers).meet("Bronwen Haworth")
    for question in ("household", "description", "relationship"):
        assert names_in({**answers, question: "with Bronwen Haworth"}).meet("Bronwen Haworth")
    assert not names_in({"given_names": 7, "household": ["x"]}).pool
