"""Which spellings are one name: a table of our own, and English short forms from the package `nicknames`."""

import csv
from functools import cache
from pathlib import Path

from nicknames import NickNamer

from people.matching.normalising import words_of

TABLE = Path(__file__).parent.parent / "data" / "name_variants.csv"


@cache
def variants() -> dict[str, frozenset[str]]:
    """Spelling, as `words_of` gives it -> the names it may be a spelling of.

    A name of the table is told by the number of its line, one of `nicknames` by itself (docs/matching.md).
    """
    found: dict[str, set[str]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            for spelling in row["spellings"].split():
                found.setdefault("".join(words_of(spelling)), set()).add(str(number))
    for short, name in _short_forms():
        found.setdefault(short, set()).add(name)
        found.setdefault(name, set()).add(name)
    return {spelling: frozenset(names) for spelling, names in found.items()}


def names_of(word: str) -> frozenset[str]:
    """The names a word may be a spelling of; empty where the table does not know it."""
    return variants().get(word, frozenset())


def _short_forms() -> list[tuple[str, str]]:
    known = NickNamer().nickname_lookup
    return [(short, name) for name, shorts in known.items() for short in shorts if name.isalpha() and short.isalpha()]
