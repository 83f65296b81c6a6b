"""Places as routing asks for them, each postcode looked up once: made-up people share a few thousand."""

from functools import lru_cache

from agencies.areas import Area
from agencies.geography import Gazetteer

KEPT = 16_384


class FamiliarPlaces:
    """Answers what a gazetteer answers, from memory where it was asked before."""

    def __init__(self, places: Gazetteer) -> None:
        self._of_postcode = lru_cache(maxsize=KEPT)(places.of_postcode)
        self._responsible_for = lru_cache(maxsize=KEPT)(places.responsible_for)

    def of_postcode(self, postcode: str) -> Area | None:
        """The responsible authority where a postcode lies, or None."""
        return self._of_postcode(postcode)

    def responsible_for(self, gss_code: str) -> Area | None:
        """The responsible authority for a code, or None."""
        return self._responsible_for(gss_code)
