"""The one context of the record: who, from where, under which correlation id, and why.

Set once per request (middleware), task or command; never nested inside itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from audit.actors import Actor
from audit.refusals import OffTheRecord

if TYPE_CHECKING:
    from audit.models import Entry


@dataclass
class Recording:
    """What is known about the present request, task or command, and what it still has to write."""

    by: Actor
    address: str | None = None
    correlation: UUID = field(default_factory=uuid4)
    reason: str = ""
    verb: str = ""
    actor: Actor | None = None
    pending: list[tuple["Entry", dict[str, Any] | None]] = field(default_factory=list)
    woken: set[str] = field(default_factory=set)
    keys: dict[UUID, bytes] = field(default_factory=dict)
    dying: set[UUID] = field(default_factory=set)
    savepoints: int = 0

    @property
    def in_action(self) -> bool:
        """Whether an action's transaction is open."""
        return self.actor is not None

    def end_action(self) -> None:
        """Forget what the action has not written, and the keys it destroyed."""
        self.pending.clear()
        self.woken.clear()
        for subject in self.dying:
            self.keys.pop(subject, None)
        self.dying.clear()

    def begin_action(self) -> None:
        """Remember which savepoints are around the action, just after its transaction was opened."""
        self.savepoints = _savepoints()

    def note_down(self, entry: "Entry", details: dict[str, Any] | None) -> None:
        """Keep an entry until the action flushes; it names the innermost action and its actor.

        Without details, not even empty ones, nothing is sealed beside it.

        Raises:
            OffTheRecord: inside a savepoint of the action, which could be taken back while the entry stands.
        """
        if _savepoints() > self.savepoints:
            raise OffTheRecord("Inside a savepoint nothing is written: taken back, it would still be told.")
        entry.at, entry.verb, entry.actor = timezone.now(), self.verb, (self.actor or self.by).pk
        entry.correlation, entry.address = self.correlation, self.address
        self.pending.append((entry, details))

    @contextmanager
    def acting(self, actor: Actor, verb: str) -> Iterator[None]:
        """Name who does what while the innermost action runs."""
        outer = self.actor, self.verb
        self.actor, self.verb = actor, verb
        try:
            yield
        finally:
            self.actor, self.verb = outer


def _savepoints() -> int:
    """How many savepoints are open now."""
    return sum(each is not None for each in connection.savepoint_ids)


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recording(
    *, by: Actor, address: str | None = None, correlation: UUID | None = None, reason: str = ""
) -> Iterator[Recording]:
    """Put everything inside on the record of `by`.

    Raises:
        OffTheRecord: an action is running: its context must not be replaced half-way.
    """
    outer = _current.get()
    if outer is not None and outer.in_action:
        raise OffTheRecord("The context cannot change inside an action.")
    token = _current.set(Recording(by=by, address=address or None, correlation=correlation or uuid4(), reason=reason))
    try:
        yield current()
    finally:
        _current.reset(token)


@contextmanager
def recording_anew() -> Iterator[Recording]:
    """The same context under another correlation: the next of several things that have nothing to do with each other.

    Raises:
        OffTheRecord: there is none, or an action is running.
    """
    present = current()
    with recording(by=present.by, address=present.address, reason=present.reason) as anew:
        yield anew


def current() -> Recording:
    """The present context. Raises OffTheRecord when there is none."""
    present = _current.get()
    if present is None:
        raise OffTheRecord("No audit context: wrap the task or command in `recording(by=...)`.")
    return present


def current_or_none() -> Recording | None:
    """The present context, or None outside any (a shell reading)."""
    return _current.get()


def require_action() -> Recording:
    """The present context, if an action is running. Raises OffTheRecord otherwise."""
    present = current()
    if not present.in_action:
        raise OffTheRecord("Writes happen in actions only.")
    return present
