"""The ways in which PostgreSQL looks for somebody: each some lists of keys, and a row must have a key of every list."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from uuid import UUID

from django.db import connection

from people.matching.described import Described
from people.matching.keys import Codes, birth_keys, fact_keys, name_keys, place_keys

# How many rows one way may bring: of the commonest names there are more than anybody could compare.
FOUND = 120

_HAS = "keys && %s::text[]"
_ONE = (
    "(SELECT person_id, given, family, other, born, born_about, postcode, facts FROM people_searchrow"
    " WHERE {} LIMIT %s)"
)

Way = tuple[Sequence[str], ...]


def find_rows(person: Described, codes: Codes) -> list[tuple[UUID, Described]]:
    """Everybody whom one of the ways finds, by id. One statement."""
    ways = [way for way in ways_of(person, codes) if all(way)]
    if not ways:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_statement(ways), [given for way in ways for given in _parameters(way)])
        return [(pk, Described(*told)) for pk, *told in cursor.fetchall()]


def _parameters(way: Way) -> list[list[str] | int]:
    return [*map(list, way), FOUND]


def ways_of(person: Described, codes: Codes) -> Iterator[Way]:
    """All ways to look for a person; most say a name and something of the birth or the place."""
    first, second = _two_names(person, codes)
    # With part of the birth or the place, what they are called besides says as much as a name.
    names = sorted({*first, *second, *_keys(person.other.split(), codes)})
    birth = birth_keys(person)
    if person.born:
        days = [birth[0], *swapped(person.born)]
        yield (days,)
        yield days, names
        for key in birth[1:4]:
            yield [key], names
    year = person.born.year if person.born else person.born_about
    if year:
        yield [f"y:{each}" for each in (*range(year - 2, year + 3), year - 10, year + 10)], first, second
    whole, *district = place_keys(person.postcode) or [""]
    yield ([whole] if whole else [],)
    yield [whole] if whole else [], names
    if district:
        yield district, names
    for kinds in "te":
        yield (fact_keys(person.facts, kinds),)
    for kinds in "ac":
        yield fact_keys(person.facts, kinds), names
    yield first, second


def _two_names(person: Described, codes: Codes) -> tuple[list[str], list[str]]:
    """The keys of the given and the family name; of the first and the other words where both were told as one."""
    given, family = person.given.split(), person.family.split()
    if not (given and family):
        told = given or family or person.other.split()
        given, family = told[:1], told[1:]
    first, second = _keys(given, codes), _keys(family, codes)
    return first or second, second or first


def _keys(words: list[str], codes: Codes) -> list[str]:
    return sorted({key for word in words for key in name_keys(word, codes)})


def swapped(born: date) -> list[str]:
    """The key of a date with day and month exchanged, where there is such a day."""
    with suppress(ValueError):
        return [f"b:{born.replace(month=born.day, day=born.month)}"]
    return []


def _statement(ways: list[Way]) -> str:
    """What is put together here are constants; the keys themselves are parameters."""
    return " UNION ".join(_ONE.format(" AND ".join([_HAS] * len(way))) for way in ways)
