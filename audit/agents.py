"""Actors that are not people: named, in the permission table, unable to sign in."""

from enum import Enum
from uuid import UUID, uuid5

_NAMESPACE = UUID("6f1c3f0e-8a0c-4b6e-9d53-0f2f3a8a7c11")


class Agent(Enum):
    """Who acts when no signed-in user does. `pk` is stable: it is what the ledger stores."""

    REFERRER = "referrer"
    MESSENGER = "messenger"
    SWEEPER = "sweeper"
    SEALER = "sealer"
    OPERATOR = "operator"
    VISITOR = "visitor"

    @property
    def pk(self) -> UUID:
        """The UUID under which the ledger knows this agent."""
        return uuid5(_NAMESPACE, self.value)

    @property
    def name_shown(self) -> str:
        """How timelines name this agent."""
        return _SHOWN.get(self.value, "the system")


_SHOWN = {"referrer": "the referrer", "operator": "an operator", "visitor": "somebody not signed in"}
