"""What `by=` accepts: a user of the agencies room, or a named agent."""

from typing import Protocol, runtime_checkable
from uuid import UUID


@runtime_checkable
class Actor(Protocol):
    """Anything with a stable UUID under which the ledger names it."""

    @property
    def pk(self) -> UUID:
        """Stable for the actor's life."""
