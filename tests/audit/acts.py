"""Small actions for the tests of the frame around actions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch
from uuid import UUID

from agencies.models import Agency
from audit import events
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from audit.models import Entry
from audit.refusals import Forbidden


@action
def rename(*, agency_id: UUID, name: str, by: Actor, now: datetime) -> Agency:
    """One change and one event."""
    agency: Agency = Agency.objects.lock(agency_id)
    agency.changed(name=name)
    happened(Event.NOTE_WRITTEN, agency, by=by, now=now)
    return agency


@action
def rename_then(*, agency_id: UUID, name: str, then: Callable[[], Any], by: Actor, now: datetime) -> None:
    """A change, and whatever comes after it."""
    rename(agency_id=agency_id, name=name, by=by, now=now)
    then()


@action
def refuse(*, agency_id: UUID, name: str, by: Actor, now: datetime, other_id: UUID | None = None) -> None:
    """A change that is refused after all."""
    rename(agency_id=agency_id, name=name, by=by, now=now)
    raise Forbidden("Only the owner renames an agency.")


@action
def within(*, do: Callable[[], Any], by: Actor, now: datetime) -> Any:
    """Anything, inside an action."""
    return do()


def entries_of(object_id: UUID) -> list[Entry]:
    """The ledger about one object, oldest first."""
    return list(Entry.objects.filter(object_id=object_id))


@contextmanager
def handlers(kind: Event, **functions: Any) -> Iterator[None]:
    """Just these handlers for a kind of event, while the block runs."""
    with patch.dict(events._handlers, {kind: functions}):
        yield
