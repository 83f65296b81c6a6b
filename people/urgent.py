"""Why an officer goes on although contact is not cleared."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Urgent:
    """The immediate safeguarding need, who is at risk, and whom the officer has consulted."""

    need: str
    at_risk: str
    consulted: str
