"""Who is responsible for a place on a given day: district to county, county to police."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db import connection

from agencies.areas import Area, PlaceKind
from agencies.models import Place
from agencies.postcodes import NotAPostcode, PostcodesUnavailable, district_of

logger = logging.getLogger(__name__)


class Gazetteer:
    """The places as they stand on one day. Every question is answered from memory."""

    def __init__(self, areas: Iterable[Area], *, on: date) -> None:
        self.on = on
        self._versions: dict[str, list[Area]] = defaultdict(list)
        self._predecessors: dict[str, set[str]] = defaultdict(set)
        # The latest version comes first, and wins where two overlap.
        for area in sorted(areas, key=lambda area: area.valid_from, reverse=True):
            self._versions[area.gss_code].append(area)
            if area.successor_code:
                self._predecessors[area.successor_code].add(area.gss_code)

    @classmethod
    def at(cls, on: date) -> "Gazetteer":
        """The places in the database, read anew only where they have changed since the last time."""
        return _read(str(connection.settings_dict["NAME"]), _version(), on)

    def area(self, gss_code: str) -> Area | None:
        """The area meant by a code on this day, or None.

        A code that was replaced leads to its successor, and one not yet in force to the single area
        it replaces: postcode files and boundaries are never renewed on the same day.
        """
        return self._follow(gss_code, seen=frozenset())

    def responsible_for(self, gss_code: str) -> Area | None:
        """The responsible authority for the code of a district, county or unitary council, or None."""
        area = self.area(gss_code)
        if area is not None and area.kind == PlaceKind.DISTRICT:
            area = self.area(area.parent_code)
        return None if area is None or area.kind == PlaceKind.DISTRICT else area

    def of_postcode(self, postcode: str) -> Area | None:
        """The responsible authority where a postcode lies, or None if that cannot be told.

        None also when the packed postcodes are missing: a referral goes on as if the address were unknown.
        """
        try:
            district = district_of(postcode)
        except NotAPostcode:
            return None
        except PostcodesUnavailable:
            logger.error("postcodes_unavailable: run manage.py pack_postcodes")
            return None
        return None if district is None else self.responsible_for(district)

    def authorities(self) -> list[Area]:
        """Every responsible authority in force, by name: what somebody picks from."""
        inside = (area for rows in self._versions.values() for area in rows if area.in_force(self.on))
        return sorted(
            (area for area in inside if area.kind != PlaceKind.DISTRICT),
            key=lambda area: (area.name, area.gss_code),
        )

    def _follow(self, gss_code: str, *, seen: frozenset[str]) -> Area | None:
        if gss_code in seen:
            return None
        rows = self._versions.get(gss_code, [])
        for area in rows:
            if area.in_force(self.on):
                return area
        seen |= {gss_code}
        ended = [area.successor_code for area in rows if area.valid_from <= self.on]
        if ended:
            return self._follow(ended[0], seen=seen)
        before = self._predecessors.get(gss_code, set())
        return self._follow(next(iter(before)), seen=seen) if len(before) == 1 else None


def _version() -> tuple[int, int]:
    """Differs after every change of a place: how many there are, and the latest statement that wrote one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(max((xmin::text::bigint << 31) + cmin::text::bigint), 0) FROM agencies_place"
        )
        count, youngest = cursor.fetchone()
    return count, youngest


@lru_cache(maxsize=4)
def _read(_database: str, _version: tuple[int, int], on: date) -> Gazetteer:
    return Gazetteer(map(Area._make, Place.objects.order_by().values_list(*Area._fields)), on=on)
