"""How somebody stands to what an address names. docs of each word stand in policy.md."""

from enum import StrEnum


class Relation(StrEnum):
    """The words of the column "where"."""

    ANYTHING = "anything"
    OWN = "own"
    HAS = "has"
    ASSIGNED = "assigned"
    BESIDE = "beside"
    OFFERED = "offered"
    ASKED = "asked"
    GAVE = "gave"
    ELSEWHERE = "elsewhere"
    SHARED = "shared"
    REVIEW = "review"
    EMERGENCY = "emergency"
    ENDED = "ended"
    EXPIRED = "expired"
    RESTRICTED = "restricted"
    NAMED = "named"
    EXCLUDED = "excluded"
    QUARANTINED = "quarantined"
    RELEASED = "released"
    ABSENT = "absent"
