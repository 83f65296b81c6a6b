"""Eight writers of the ledger in a process of their own, until it is killed: `python -m tests.audit.sealing.writers`.

One action in twenty is rolled back, one in fifty stays open for a while.
"""

import random
import time
from contextlib import suppress
from datetime import datetime
from threading import Thread

import django

django.setup()

from django.db import OperationalError, connections
from django.utils import timezone

from audit.action import action
from audit.actors import Actor
from audit.agents import Agent
from audit.context import recording, require_action
from audit.ledger import flush, write_entry
from audit.models import Entry

WRITERS = 8


class Undone(Exception):
    """The action is rolled back."""


@action
def look_around(*, times: int, by: Actor, now: datetime) -> None:
    """So many entries, which are written before it is decided what becomes of them."""
    for _ in range(times):
        write_entry(Entry.Kind.LISTED, object_type="agencies.agency", details={"at": now})
    flush(require_action())
    chance = random.random()  # no secret
    if chance < 0.05:
        raise Undone
    if chance > 0.98:
        time.sleep(chance / 4)


def write() -> None:
    """Act for ever. A connection that was ended is made anew."""
    while True:
        try:
            with recording(by=Agent.OPERATOR), suppress(Undone):
                look_around(times=random.randint(1, 9), by=Agent.OPERATOR, now=timezone.now())
        except OperationalError:
            connections.close_all()


if __name__ == "__main__":
    for _ in range(WRITERS):
        Thread(target=write).start()
