"""Hints to the workers. The database is the queue: a lost hint costs seconds, never work.

A thread of its own sends them, one in each process: a broker that is away or does not answer delays no request.
"""

import os
import threading
import time

import structlog
from celery import current_app
from django.db import transaction

from audit.context import Recording, require_action

log = structlog.get_logger(__name__)

# After a failure the broker is left alone for so many seconds; the sweeps find what is due meanwhile.
PAUSE = 2.0


def wake(task: str) -> None:
    """Ask for `task` (a dotted Celery name taking no arguments) to run once this action has committed."""
    require_action().woken.add(task)


def send_hints_on_commit(present: Recording) -> None:
    """Hand the hints to the sender after commit."""
    if present.woken:
        wanted = frozenset(present.woken)
        transaction.on_commit(lambda: sender.want(wanted), robust=True)


class Sender:
    """Sends each wanted hint once, however many actions want it meanwhile."""

    def __init__(self) -> None:
        self.wanted: set[str] = set()
        self.changed = threading.Condition()
        self.thread: threading.Thread | None = None

    def want(self, tasks: frozenset[str]) -> None:
        """Send these hints soon. Never waits for the broker; what is not sent when the process ends is lost."""
        with self.changed:
            self.wanted |= tasks
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self.run, name="hints", daemon=True)
                self.thread.start()
            self.changed.notify()

    def run(self) -> None:
        """Send until the process ends."""
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.wanted)
                task = self.wanted.pop()
            if not send(task):
                time.sleep(PAUSE)


def send(task: str) -> bool:
    """Send one hint; whether the broker took it."""
    try:
        current_app.send_task(task, retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001  # any broker fault: the sweep finds the row
        log.warning("hint_not_sent", task=task, error=type(error).__name__)
        return False
    return True


sender = Sender()


def _forget_the_parents_thread() -> None:
    """A forked process has the parent's sender without its thread, perhaps with its lock held."""
    global sender  # one sender a process is the point
    sender = Sender()


os.register_at_fork(after_in_child=_forget_the_parents_thread)
