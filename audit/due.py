"""Working through due rows: claim one, do it, mark it - all in one action - or put it off."""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import models

from audit.action import action
from audit.actors import Actor
from audit.context import recording_anew
from audit.models import Due

log = structlog.get_logger(__name__)

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
# Seconds after which the rest is left to the next sweep: well below the time limit of a task, also where each row
# waits for a mail server that does not answer.
LONGEST_SWEEP = 60


class GivenUp(Exception):
    """Raised by what does a row: trying again cannot help, so it is dead at once, visible and replayable."""


def waiting(model: type[Due], *, now: datetime) -> models.QuerySet[Any]:
    """Due rows of `model`, oldest first."""
    return model._default_manager.filter(due__lte=now, done=None, dead=None).order_by("due", "pk")


def work_through(
    model: type[Due],
    do: Callable[..., str | None],
    *,
    by: Actor,
    now: datetime,
    give_up_after: int,
    at_most: int = 500,
) -> int:
    """Do each due row once; `do(row=, by=, now=)` runs inside the action that marks the row done,
    on record under a correlation of its own.

    What it returns is kept beside the row: why it is settled although nothing was done.
    After LONGEST_SWEEP seconds the rest is left to the next sweep. A row another worker holds is passed over.
    One that fails is put off with growing, jittered waits and is dead - visible, and replayable - after
    `give_up_after` attempts, or at once when `do` raises GivenUp. Returns how many were done.
    """
    count, end = 0, time.monotonic() + LONGEST_SWEEP
    for pk in list(waiting(model, now=now).values_list("pk", flat=True)[:at_most]):
        # What is kept from somebody with one row must not take along what has nothing to do with it.
        with recording_anew():
            try:
                count += _do_one(model=model, pk=pk, do=do, by=by, now=now)
            except Exception as error:  # noqa: BLE001  # whatever the handler met: the row keeps its place in the queue
                log.warning("due_row_failed", row=model._meta.label_lower, id=str(pk), error=type(error).__name__)
                _put_off(model=model, pk=pk, error=error, by=by, now=now, give_up_after=give_up_after)
        if time.monotonic() >= end:
            break
    return count


@action
def _do_one(*, model: type[Due], pk: UUID, do: Callable[..., str | None], by: Actor, now: datetime) -> int:
    row = waiting(model, now=now).select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if row is None:
        return 0
    settled = do(row=row, by=by, now=now)
    row.done, row.attempts, row.last_error = now, row.attempts + 1, settled or ""
    row.save(update_fields=["done", "attempts", "last_error"])
    return 1


@action
def _put_off(*, model: type[Due], pk: UUID, error: Exception, by: Actor, now: datetime, give_up_after: int) -> None:
    row = waiting(model, now=now).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        return
    row.attempts += 1
    row.last_error = type(error).__name__[:80]
    if row.attempts >= give_up_after or isinstance(error, GivenUp):
        row.dead = now
    row.due = now + wait_after(row.attempts)
    row.save(update_fields=["due", "attempts", "dead", "last_error"])


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: doubling from 5 seconds to an hour, spread by a quarter."""
    wait = min(FIRST_WAIT * 2 ** min(attempts - 1, 12), LONGEST_WAIT)
    return wait * random.uniform(0.75, 1.25)  # noqa: S311  # jitter, not a secret
