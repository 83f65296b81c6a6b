"""Where made-up people live: every responsible authority, with real postcodes drawn by chance from each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from agencies.areas import Area, Nation
from agencies.geography import Gazetteer
from agencies.postcode_file import opened
from agencies.postcodes import postcodes_file

PROBES = 30_000
KEPT = 24

# Scotland had 162 referrals beside 8,778 in England and Wales: a fifth of its share of the people.
_RATE = {Nation.SCOTLAND: 0.2}
# Every fourth referral goes round all authorities in turn, so that the smallest are not left empty.
_IN_TURN = 4


@dataclass(frozen=True)
class Locality:
    """One authority; `postcodes` may be empty where chance met none (the Isles of Scilly have very few)."""

    area: Area
    postcodes: tuple[str, ...]

    @property
    def code(self) -> str:
        """Its GSS code."""
        return self.area.gss_code


class Localities:
    """Draws authorities, roughly by how many people live there, or as `favoured` (GSS code -> weight) says.

    Favoured ones share `favoured_part` of all draws.
    """

    def __init__(
        self,
        places: Gazetteer,
        *,
        favoured: Mapping[str, float] | None = None,
        favoured_part: float = 0.0,
    ) -> None:
        """Read some thousand postcodes. Raises PostcodesUnavailable, whose message names the command to run."""
        met = _met(places)
        self.all = [Locality(area, tuple(met.get(area.gss_code, ())[:KEPT])) for area in places.authorities()]
        by_code = {locality.code: locality for locality in self.all}
        sizes = (len(met.get(each.code, "1")) * _RATE.get(Nation(each.area.nation), 1.0) for each in self.all)
        self._up_to = list(accumulate(sizes))
        self._favoured = [by_code[code] for code in favoured or {}]
        self._favoured_up_to = list(accumulate((favoured or {}).values()))
        self._favoured_part = favoured_part if favoured else 0.0

    def draw(self, rng: Random, number: int) -> Locality:
        """The locality of the referral with this serial number."""
        if rng.random() < self._favoured_part:
            return rng.choices(self._favoured, cum_weights=self._favoured_up_to)[0]
        if number % _IN_TURN == 0:
            # A step that shares no divisor with their number visits each before any comes again.
            return self.all[number // _IN_TURN * 89 % len(self.all)]
        return rng.choices(self.all, cum_weights=self._up_to)[0]


def _met(places: Gazetteer) -> Mapping[str, Sequence[str]]:
    """Postcodes by authority; how many were met of each is a measure of how many people live there."""
    file = opened(postcodes_file())
    met: dict[str, list[str]] = {}
    for postcode, district in file.sample(Random(1), PROBES):  # noqa: S311  # the same ones each time
        area = places.responsible_for(district)
        if area is not None:
            met.setdefault(area.gss_code, []).append(postcode)
    return met
