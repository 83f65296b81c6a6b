"""A sweep in which every row takes long ends before its task is killed, and leaves the rest to the next."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from agencies.actions.send_notice import send_notice
from agencies.models import Notice, NoticeKind
from audit import due
from audit.agents import Agent
from config.settings.tasks import CELERY_TASK_SOFT_TIME_LIMIT

NOW = timezone.now()


@pytest.mark.usefixtures("db", "on_record")
@pytest.mark.parametrize("fails", [False, True])
def test_what_there_was_no_time_for_is_left_to_the_next_sweep(monkeypatch, fails):
    for number in range(3):
        send_notice(
            kind=NoticeKind.NEW_REFERRAL,
            about=uuid4(),
            tells_of=[],
            address="desk@agencies.example",
            details={},
            once=str(number),
            by=Agent.MESSENGER,
            now=NOW,
        )
    tried = []

    def slow(*, row, by, now):
        tried.append(row.pk)
        if fails:
            raise TimeoutError

    monkeypatch.setattr(due, "LONGEST_SWEEP", 0)
    for turn in range(3):
        due.work_through(Notice, slow, by=Agent.MESSENGER, now=NOW + timedelta(seconds=1), give_up_after=3)
        assert len(set(tried)) == turn + 1


def test_a_sweep_ends_well_before_its_task_is_killed():
    assert due.LONGEST_SWEEP <= CELERY_TASK_SOFT_TIME_LIMIT / 2
