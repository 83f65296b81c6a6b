"""Running one handler for one event."""

from datetime import datetime

from audit.actors import Actor
from audit.events import handler_of
from audit.models import Handling

# About ten hours of trying; then the row is dead, visible and can be replayed.
GIVE_UP_AFTER = 20


def handle(*, row: Handling, by: Actor, now: datetime) -> None:
    """Call the handler the row names. Raises KeyError when the code no longer has it."""
    handler_of(row.event.kind, row.handler)(row.event, by=by, now=now)
