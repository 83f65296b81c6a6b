"""The shape of a year of referrals, as published for the year to March 2025 (England and Wales).

Source: "Individuals referred to and supported through the Prevent programme", GOV.UK, 6 November 2025. What it
does not give (how age depends on sector, the smaller sectors, times of day) is chosen here, for demonstrations.
"""

from collections.abc import Mapping
from enum import StrEnum
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Sector(StrEnum):
    """Where a referral comes from. Published: education 36 %, police 30 %, local authority 10 %, others 24 %."""

    EDUCATION = "education"
    POLICE = "police"
    AUTHORITY = "authority"
    HEALTH = "health"
    PRISONS = "prisons and probation"
    COMMUNITY = "community"
    FAMILY = "family"
    PUBLIC = "public"
    SELF = "self"


class Concern(StrEnum):
    """The type of concern."""

    NO_IDEOLOGY = "no ideology identified"
    SUSCEPTIBLE = "no ideology, other susceptibility"
    RIGHT_WING = "extreme right-wing"
    ISLAMIST = "Islamist extremism"
    MULTIPLE = "multiple, none dominant"
    OTHER = "all others"


class AgeBand(StrEnum):
    """Age at referral."""

    TEN_OR_YOUNGER = "10 or younger"
    ELEVEN_TO_FIFTEEN = "11 to 15"
    SIXTEEN_SEVENTEEN = "16 and 17"
    ADULT = "18 or older"


class Draw(Generic[T]):
    """One of several, by weight."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._values = list(weights)
        self._up_to = list(accumulate(weights.values()))

    def __call__(self, rng: Random) -> T:
        """The next one."""
        return rng.choices(self._values, cum_weights=self._up_to)[0]


SECTORS = Draw(
    {
        Sector.EDUCATION: 36, Sector.POLICE: 30, Sector.AUTHORITY: 10, Sector.HEALTH: 11, Sector.PRISONS: 5,
        Sector.COMMUNITY: 2.5, Sector.FAMILY: 2.5, Sector.PUBLIC: 2, Sector.SELF: 1,
    }
)  # fmt: skip
CONCERNS = Draw(
    {
        Concern.NO_IDEOLOGY: 34, Concern.SUSCEPTIBLE: 22, Concern.RIGHT_WING: 21,
        Concern.ISLAMIST: 10, Concern.MULTIPLE: 5, Concern.OTHER: 9,
    }
)  # fmt: skip
# Overall 4, 36, 13 and 47 %: schools refer the young, so everybody else's referrals are of older people.
_IN_EDUCATION = Draw(dict(zip(AgeBand, (8, 62, 20, 10), strict=True)))
_ELSEWHERE = Draw(dict(zip(AgeBand, (1.75, 21.4, 9.05, 67.8), strict=True)))
SEXES = Draw({"male": 89.0, "female": 10.0, "other": 1.0})

CONDITION = 0.34  # at least one mental health condition or neurodivergence recorded
REPEAT = 0.06  # the same human referred again under another spelling
IMMEDIATE = 0.015
NO_PLACE_KNOWN = 0.02
PLACE_CHOSEN = 0.15  # the council picked by hand: no postcode known
STAFF_ENTRY = 0.05
IN_WELSH = 0.2  # of referrals in Wales


def age_band(rng: Random, sector: Sector) -> AgeBand:
    """The age band of somebody referred by this sector."""
    return (_IN_EDUCATION if sector is Sector.EDUCATION else _ELSEWHERE)(rng)


def years(rng: Random, band: AgeBand) -> int:
    """An age in the band; adults are mostly young."""
    match band:
        case AgeBand.TEN_OR_YOUNGER:
            return rng.randint(7, 10)
        case AgeBand.ELEVEN_TO_FIFTEEN:
            return rng.randint(11, 15)
        case AgeBand.SIXTEEN_SEVENTEEN:
            return rng.randint(16, 17)
    return min(18 + int(rng.expovariate(1 / 13)), 84)
