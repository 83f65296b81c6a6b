"""Hints to the workers: sent once after commit, and no broken broker is ever felt."""

import threading

import pytest
from celery import current_app
from django.utils import timezone

from audit import waking
from audit.agents import Agent
from audit.context import recording
from audit.refusals import OffTheRecord
from audit.waking import Sender, send, wake
from tests.audit.acts import within

NOW = timezone.now()
# Nobody consumes these: they are names, not tasks.
TASK = "tests.nothing"


def test_a_hint_is_given_in_an_action_only():
    with recording(by=Agent.OPERATOR), pytest.raises(OffTheRecord):
        wake(TASK)


class Listening(Sender):
    """A sender that writes down what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[frozenset[str]] = []

    def want(self, tasks: frozenset[str]) -> None:
        self.asked.append(tasks)


@pytest.fixture
def listening(monkeypatch):
    sender = Listening()
    monkeypatch.setattr(waking, "sender", sender)
    return sender


@pytest.mark.usefixtures("db", "on_record")
class TestAfterCommit:
    def test_an_action_asks_once_for_each_task(self, listening, django_capture_on_commit_callbacks):
        def three():
            for task in (TASK, TASK, "tests.other"):
                wake(task)
            assert listening.asked == []

        with django_capture_on_commit_callbacks(execute=True):
            within(do=three, by=Agent.OPERATOR, now=NOW)
            assert listening.asked == []
        assert listening.asked == [frozenset({TASK, "tests.other"})]

    def test_an_action_that_is_rolled_back_asks_for_nothing(self, listening, django_capture_on_commit_callbacks):
        def fail():
            wake(TASK)
            raise RuntimeError

        with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
            within(do=fail, by=Agent.OPERATOR, now=NOW)
        with django_capture_on_commit_callbacks(execute=True):
            within(do=lambda: None, by=Agent.OPERATOR, now=NOW)
        assert listening.asked == []


def test_the_broker_takes_a_hint():
    assert send(TASK) is True
    current_app.control.purge()


def test_a_broker_that_is_away_is_noticed_and_felt_by_nobody(monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr(current_app, "send_task", away)
    assert send(TASK) is False


def test_the_thread_goes_on_after_a_broker_that_was_away(monkeypatch):
    sent, answers, done = [], iter([False, True]), threading.Event()

    def answer(task):
        sent.append(task)
        took = next(answers)
        if took:
            done.set()
        return took

    monkeypatch.setattr(waking, "send", answer)
    monkeypatch.setattr(waking, "PAUSE", 0.01)
    sender = Sender()
    sender.want(frozenset({"tests.first"}))
    sender.want(frozenset({"tests.second"}))
    assert done.wait(timeout=10)
    assert sorted(sent) == ["tests.first", "tests.second"]


def test_a_forked_process_starts_with_a_sender_of_its_own(monkeypatch):
    before = waking.sender
    monkeypatch.setattr(waking, "sender", before)
    waking._forget_the_parents_thread()
    assert waking.sender is not before
    assert waking.sender.thread is None
