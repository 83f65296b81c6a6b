"""The keys by which PostgreSQL finds who may be somebody: one array with one index.

| key | says |
|---|---|
| `s:ptn` | a word of the name sounds like this (people/matching/sounding.py) |
| `m:478900` | a word has this code of Daitch and Mokotoff |
| `n:12` | a word is a spelling of this name of the table of variants |
| `b:2008-03-01`, `ym:2008-03`, `yd:2008-01`, `md:03-01` | the date of birth, and it without day, month or year |
| `y:2008` | born in this year, told or by the age that was told |
| `p:S702AB`, `o:S70` | the postcode, and its first half |
| `a:`, `t:`, `e:`, `c:` with a hash | house, telephone, e-mail, school (people/matching/whereabouts.py) |
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from people.matching.described import Described
from people.matching.normalising import outward_of
from people.matching.sounding import sounds_of
from people.matching.variants import names_of

# To be raised whenever the same person would get other keys: `manage.py build_search_rows` makes the rest anew.
VERSION = 2

Codes = Mapping[str, Sequence[str]]


def codes_of(words: Iterable[str]) -> dict[str, list[str]]:
    """Each word's codes of Daitch and Mokotoff. One statement however many words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, daitch_mokotoff(word) FROM unnest(%s::text[]) AS word", [list(words)])
        return {word: codes or [] for word, codes in cursor.fetchall()}


def keys_of(person: Described, codes: Codes) -> list[str]:
    """All keys of a person, each once, in order. `codes` has every word of theirs."""
    found = {key for word in person.words for key in name_keys(word, codes)}
    return sorted(found | set(birth_keys(person)) | set(place_keys(person.postcode)) | set(fact_keys(person.facts)))


def name_keys(word: str, codes: Codes) -> list[str]:
    """The keys of one word of a name. A single letter has none."""
    if len(word) < 2:
        return []
    return [
        *(f"s:{sound}" for sound in sorted(sounds_of(word))),
        *(f"m:{code}" for code in codes[word]),
        *(f"n:{name}" for name in sorted(names_of(word))),
    ]


def birth_keys(person: Described) -> list[str]:
    """The keys of a date of birth, or of the year that an age leads to."""
    born = person.born
    if born is None:
        return [f"y:{person.born_about}"] if person.born_about else []
    return [f"b:{born}", f"ym:{born:%Y-%m}", f"yd:{born:%Y-%d}", f"md:{born:%m-%d}", f"y:{born.year}"]


def fact_keys(facts: str, kinds: str = "atec") -> list[str]:
    """The tokens of some kinds: words of streets and of schools find nobody."""
    return [token for token in facts.split() if token[0] in kinds]


def place_keys(postcode: str) -> list[str]:
    """The keys of a postcode."""
    outward = outward_of(postcode)
    return ([f"p:{postcode}"] if postcode else []) + ([f"o:{outward}"] if outward else [])
