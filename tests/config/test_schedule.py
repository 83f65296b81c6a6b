"""What the beat wakes exists, and a hint that came too late is worth nothing."""

import pytest
from django.conf import settings

from config.beat import Scheduler
from config.celery import app
from config.schedule import SCHEDULE


@pytest.mark.parametrize("name", SCHEDULE)
def test_every_scheduled_task_exists(name):
    app.loader.import_default_modules()
    assert SCHEDULE[name]["task"] in app.tasks


@pytest.mark.parametrize("name", SCHEDULE)
def test_hints_do_not_pile_up_while_no_worker_runs(name):
    assert SCHEDULE[name]["options"]["expires"] <= SCHEDULE[name]["schedule"]


def test_a_killed_worker_loses_nothing_and_a_long_task_does_not_run_twice():
    assert not app.conf.task_acks_late
    assert app.conf.worker_prefetch_multiplier == 1
    visible = app.conf.broker_transport_options["visibility_timeout"]
    assert app.conf.task_soft_time_limit < app.conf.task_time_limit < visible


def test_tasks_carry_json_and_keep_no_result():
    assert app.conf.task_serializer == "json"
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_ignore_result
    assert not app.conf.result_backend


def test_no_task_takes_more_than_ids_of_the_broker():
    assert settings.CELERY_TASK_PUBLISH_RETRY is False


def test_the_beat_leaves_a_mark_of_each_tick_where_it_is_told(tmp_path, monkeypatch):
    assert app.conf.beat_scheduler == "config.beat.Scheduler"
    Scheduler(app=app, schedule={}).tick()
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("BEAT_HEARTBEAT", str(tmp_path / "beat"))
    Scheduler(app=app, schedule={}).tick()
    assert (tmp_path / "beat").exists()
