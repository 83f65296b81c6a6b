"""The order of names in a reader's language: in Welsh ch, dd, ff, ng, ll, ph, rh and th are letters of their own."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")

# k, q, v, x and z stand in names from elsewhere.
WELSH = (
    "a", "b", "c", "ch", "d", "dd", "e", "f", "ff", "g", "ng", "h", "i", "j", "k", "l", "ll", "m", "n", "o",
    "p", "ph", "q", "r", "rh", "s", "t", "th", "u", "v", "w", "x", "y", "z",
)  # fmt: skip
_PLACES = {letter: place for place, letter in enumerate(WELSH)}
_LETTER = re.compile("ch|dd|ff|ng|ll|ph|rh|th|[a-z]")

# Unicode's sign for "these two are not one letter": `Ban\u034fgor`. It is not seen.
APART = "\u034f"


def in_order(items: Iterable[Item], language: str, *, name: Callable[[Item], str]) -> list[Item]:
    """Items by their names, as a reader of the language expects them."""
    return sorted(items, key=lambda item: sorting_key(name(item), language))


def sorting_key(text: str, language: str) -> tuple[object, ...]:
    """What to sort a name by. Accents, capitals, spaces and hyphens decide only between names that are else alike."""
    plain = without_accents(text).casefold()
    letters = _LETTER.findall(plain) if language == "cy" else re.findall("[a-z]", plain)
    return [_PLACES[letter] for letter in letters], plain, text


def without_accents(text: str) -> str:
    """Môn as Mon, tŷ as ty. The sign that keeps two letters apart is kept."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(part for part in parts if not unicodedata.combining(part) or part == APART)
