"""The sweeps: what they are called, and that they work on an empty house."""

import pytest
from celery import current_app

from agencies.tasks import sweep_notices
from audit.context import current_or_none
from audit.tasks import sweep_events
from config.schedule import SCHEDULE
from referrals.tasks import sweep_alerts

SWEEPS = (sweep_alerts, sweep_events, sweep_notices)


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda sweep: sweep.name)
def test_a_sweep_with_nothing_due_does_nothing_and_brings_its_own_context(db, sweep):
    assert current_or_none() is None
    assert sweep() == 0
    assert current_or_none() is None


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda sweep: sweep.name)
def test_a_sweep_is_a_task_that_beat_starts_and_that_takes_no_arguments(sweep):
    assert current_app.tasks[sweep.name] is not None
    started = [entry for entry in SCHEDULE.values() if entry["task"] == sweep.name]
    assert started
    assert not any(entry.get("args") or entry.get("kwargs") for entry in started)
