"""Whatever is given in answer to whichever question: a sentence beside it or an answer kept, and nothing else lost."""

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from referrals.extracts import person_details, referrer_details
from referrals.form import FORM_VERSION, Incomplete, answered, check_complete, clean, errors_on, form_of, suggested
from referrals.questions.shapes import FAMILY, PUBLIC, SELF, WORK, Kind
from referrals.restricting import grounds_in, names_in
from tests.hostile import DAYS, HOSTILE, nested, values
from tests.referrals.answering import full, shortest

FORM = form_of(FORM_VERSION)
KINDS = (WORK, FAMILY, PUBLIC, SELF)
EVERY_QUESTION = [
    pytest.param(kind, page, question, id=f"{kind}-{question.name}")
    for kind in KINDS
    for page, question in FORM.asked(shortest(kind, danger="yes"))
    if question.name != "referrer_kind"
]
days = st.sampled_from([dict(zip(("day", "month", "year"), day, strict=True)) for day in DAYS.values()])


def can_be_stored(value: Any) -> bool:
    text = json.dumps(value, ensure_ascii=False)
    return "\\u0000" not in text and bool(text.encode())


def can_be_sent(answers: dict[str, Any]) -> bool:
    try:
        check_complete(answers)
    except Incomplete:
        return False
    return True


@pytest.mark.parametrize(("kind", "page", "question"), EVERY_QUESTION)
@settings(max_examples=20)
@given(value=st.one_of(values, days))
@example(value=nested(900))
@example(value={"day": nested(900)})
def test_a_bad_answer_has_its_sentence_or_is_kept_and_costs_no_other_answer(kind, page, question, value):
    before = full(kind)
    given_too = before | {question.name: value}
    errors = errors_on(page, given_too)
    assert all(str(sentence) for sentence in errors.values())
    kept = clean(given_too)
    assert {name: kept[name] for name in kept if name != question.name} == {
        name: answer for name, answer in clean(before).items() if name != question.name and name in kept
    }
    assert clean(kept) == kept
    if not can_be_sent(given_too):
        return
    assert question.name not in errors
    assert can_be_stored(kept)
    list(answered(kept, place=str))
    person_details(kept), referrer_details(kept), suggested(kept), grounds_in(kept), names_in(kept).pool


@pytest.mark.parametrize(("kind", "page", "question"), EVERY_QUESTION)
def test_what_cannot_be_stored_or_is_too_long_is_never_kept_as_it_is(kind, page, question):
    before = full(kind)
    for value in HOSTILE.values():
        if question.name in errors_on(page, before | {question.name: value}):
            continue
        kept = clean(before | {question.name: value}).get(question.name)
        assert can_be_stored(kept)
        assert len(str(kept or "")) <= max(question.max_length, len("None"))


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_only_a_day_that_has_been_is_a_date_of_birth(day):
    answers = shortest(PUBLIC, date_of_birth=dict(zip(("day", "month", "year"), day, strict=True)))
    page, question = next((p, q) for p, q in FORM.asked(answers) if q.kind is Kind.DATE)
    honest = day in {DAYS["29 February of a leap year"], DAYS["other digits"]}
    assert (question.name not in errors_on(page, answers)) is honest
