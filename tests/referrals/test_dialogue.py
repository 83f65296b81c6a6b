"""How far a referral is, as its referrer is told: days, and nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.dialogue import LOCAL_TARGETS, Stage, stage_of, steps_of

# A Monday; then come no bank holidays for a month.
SENT = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2026, 11, 2), Stage.RECEIVED),
        (date(2026, 11, 3), Stage.CONSIDERED),
        (date(2026, 11, 20), Stage.CONSIDERED),
        (date(2026, 11, 23), Stage.FINISHED),
        (date(2030, 1, 1), Stage.FINISHED),
    ],
)
def test_a_stage_is_reached_after_fixed_working_days(today: date, stage: Stage) -> None:
    assert stage_of(SENT, today=today) is stage


def test_a_weekend_and_bank_holidays_do_not_count() -> None:
    friday = datetime(2026, 12, 24, 12, 0, tzinfo=UTC)
    assert [step.begins for step in steps_of(friday, today=date(2026, 12, 24))][:2] == [
        date(2026, 12, 24),
        date(2026, 12, 29),
    ]


def test_the_day_is_londons() -> None:
    assert steps_of(datetime(2026, 6, 30, 23, 30, tzinfo=UTC), today=date(2026, 7, 1))[0].begins == date(2026, 7, 1)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 60))
def test_one_step_is_now_and_all_before_it_are_reached(sent: date, later: int) -> None:
    at = datetime(sent.year, sent.month, sent.day, 9, 0, tzinfo=UTC)
    steps = steps_of(at, today=sent + timedelta(days=later))
    assert [step.stage for step in steps] == list(LOCAL_TARGETS) == list(Stage)
    reached = [step.reached for step in steps]
    assert reached == sorted(reached, reverse=True)
    assert [step.is_now for step in steps].index(True) == sum(reached) - 1
    assert sum(step.is_now for step in steps) == 1
