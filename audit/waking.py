"""Hints to the workers. The database is the queue: a lost hint costs seconds, never work."""

from functools import partial

import structlog
from celery import current_app
from django.db import transaction

from audit.context import Recording, require_action

log = structlog.get_logger(__name__)


def wake(task: str) -> None:
    """Ask for `task` (a dotted Celery name taking no arguments) to run once this action has committed."""
    require_action().woken.add(task)


def send_hints_on_commit(present: Recording) -> None:
    """Send each hint once, after commit."""
    for task in sorted(present.woken):
        transaction.on_commit(partial(_send, task), robust=True)


def _send(task: str) -> None:
    try:
        current_app.send_task(task, retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001  # any broker fault: the sweep finds the row
        log.warning("hint_not_sent", task=task, error=type(error).__name__)
