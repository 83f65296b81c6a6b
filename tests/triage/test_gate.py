"""The gate: what stands between an assessment and its outcome, rule by rule, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.triage.assessing import whole
from triage.gate import CHILD_UNDER, FRESH, WHILE_HELD, Facts, refusals, signatures_needed
from triage.gateway_form import CHILDRENS_SERVICES
from triage.models import ClosingReason, NoConcerns, TriageOutcome
from triage.models.outcome import GOES_ON, NOT_ENOUGH, TAKES_NO_CONCERNS, TAKES_WITHDRAWAL

NOW = timezone.now()


def facts(outcome=TriageOutcome.CHANNEL, **instead):
    """Nothing stands in the way of this outcome."""
    said = whole(outcome)
    open_gate = Facts(
        now=NOW, outcome=outcome, considered=said.considered, answers=said.answers, rationale=said.rationale,
        agrees=said.agrees, no_concerns=said.no_concerns, reasons=said.reasons, received=True,
        answered_at=NOW - timedelta(days=1), clears=True, weighed=True, duplicates=outcome == TriageOutcome.DUPLICATE,
        reported_as=outcome if outcome in TAKES_WITHDRAWAL else "", age=CHILD_UNDER,
    )  # fmt: skip
    return replace(open_gate, **instead)


def codes(found):
    return {each.code for each in refusals(found)}


@pytest.mark.parametrize("outcome", TriageOutcome)
def test_nothing_stands_in_the_way_of_what_is_complete(outcome):
    assert codes(facts(outcome)) == set()


@pytest.mark.parametrize("outcome", TriageOutcome)
@pytest.mark.parametrize(
    ("instead", "code"),
    [
        ({"received": False}, "not_received"),
        ({"same_person": False}, "another_person"),
        ({"answered_at": None}, "not_deconflicted"),
        ({"weighed": False}, "answer_not_weighed"),
        ({"news": True}, "news_not_asked"),
        ({"answered_at": NOW - FRESH - timedelta(seconds=1)}, "answer_too_old"),
        ({"rationale": " \u3164"}, "no_rationale"),
        ({"agrees": None}, "not_weighed"),
        ({"no_concerns": ""}, "no_concerns_unanswered"),
        ({"likely_undecided": True}, "likely_undecided"),
        ({"age": CHILD_UNDER - 1}, "no_childrens_services"),
        ({"age": None}, "no_childrens_services"),
        ({"answers": {}}, "no_weighing"),
    ],
)
def test_each_thing_that_is_missing_is_refused_for_every_outcome(outcome, instead, code):
    assert code in codes(facts(outcome, **instead))


@pytest.mark.parametrize("outcome", TriageOutcome)
def test_the_outcome_itself_is_no_other_option(outcome):
    assert "no_other_option" in codes(facts(outcome, considered=[outcome]))


@pytest.mark.parametrize("outcome", sorted(TAKES_NO_CONCERNS))
@pytest.mark.parametrize("count", range(len(NOT_ENOUGH) + 1))
def test_no_ideology_low_risk_and_no_ill_health_end_nothing_alone_or_together(outcome, count):
    weak = sorted(NOT_ENOUGH)[:count]
    assert codes(facts(outcome, reasons=weak)) == ({"reason_not_enough"} if weak else {"no_reason"})
    assert codes(facts(outcome, reasons=[*weak, ClosingReason.EXPLAINED])) == set()


@pytest.mark.parametrize("outcome", sorted(TAKES_NO_CONCERNS))
def test_nothing_ends_while_there_may_be_prevent_concerns(outcome):
    assert codes(facts(outcome, no_concerns=NoConcerns.NO)) == {"concerns_remain"}


@pytest.mark.parametrize("outcome", sorted(GOES_ON))
def test_nobody_is_worked_with_about_whom_there_is_no_concern(outcome):
    assert codes(facts(outcome, no_concerns=NoConcerns.YES)) == {"no_concerns_to_work"}


@pytest.mark.parametrize("outcome", TriageOutcome)
def test_while_contact_is_held_the_police_keep_it(outcome):
    assert codes(facts(outcome, clears=False)) == (set() if outcome in WHILE_HELD else {"contact_held"})


@pytest.mark.parametrize("outcome", TriageOutcome)
def test_an_answer_of_fimu_holds_for_four_weeks(outcome):
    assert codes(facts(outcome, answered_at=NOW - FRESH)) == set()


@pytest.mark.parametrize("outcome", sorted(TAKES_WITHDRAWAL))
def test_sent_in_error_and_withdrawn_are_what_somebody_said_of_this_referral(outcome):
    other = next(iter(TAKES_WITHDRAWAL - {outcome}))
    for reported in ("", other):
        assert codes(facts(outcome, reported_as=reported)) == {"not_reported"}


def test_a_duplicate_names_the_other_a_signposting_the_service_and_who_is_outside_who_was_told():
    assert codes(facts(TriageOutcome.DUPLICATE, duplicates=False)) == {"no_duplicate"}
    for outcome, code in ((TriageOutcome.SIGNPOSTED, "service"), (TriageOutcome.OUTSIDE, "told")):
        answers = {key: words for key, words in facts(outcome).answers.items() if key != code}
        assert codes(facts(outcome, answers=answers)) == {f"no_{code}"}


@pytest.mark.parametrize("age", [None, 0, CHILD_UNDER - 1])
def test_a_child_who_is_or_may_be_under_ten_takes_what_childrens_services_say(age):
    answers = facts().answers
    assert codes(facts(age=age, answers={**answers, CHILDRENS_SERVICES: "Spoke to Ms Vane."})) == set()
    assert codes(facts(age=CHILD_UNDER)) == set()


@given(
    repeated=st.booleans(), agrees=st.sampled_from([True, False, None]), age=st.none() | st.integers(0, 90),
    asked=st.booleans(),
)  # fmt: skip
def test_two_sign_for_a_repeat_a_young_child_a_disagreement_and_where_fimu_asks_for_it(repeated, agrees, age, asked):
    two = repeated or asked or agrees is False or age is None or age < CHILD_UNDER
    assert signatures_needed(repeated=repeated, agrees=agrees, age=age, asked=asked) == (2 if two else 1)


def test_every_refusal_says_something_and_each_code_once():
    found = refusals(Facts(now=NOW))
    assert all(str(each.sentence).endswith((".", "?")) for each in found)
    assert len({each.code for each in found}) == len(found)
