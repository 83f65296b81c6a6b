"""People who do not exist, and how somebody else writes them down. The same seed gives the same people."""

import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from zlib import crc32

from benchmarks.matching import dwelling
from benchmarks.matching.cyrillic import ROMANISED, romanised
from benchmarks.matching.dwelling import NOTHING_KNOWN, Dwelling
from benchmarks.matching.lists import names
from benchmarks.matching.origins import ORIGINS, Origin

TODAY = date(2026, 11, 1)
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True)
class Told:
    """A person as one referrer wrote them."""

    given: str
    family: str
    other: str = ""
    born: date | None = None
    age: str = ""
    postcode: str = ""
    dwelling: Dwelling = NOTHING_KNOWN


def half_of(name: str) -> int:
    """0 where a name is for tuning, 1 where it is held out: no name is in both."""
    return crc32(name.encode()) % 2


def somebody(rng: Random, origin: Origin, *, half: int | None = None) -> Told:
    """A person with names of an origin, of one half of them or of both."""
    given, family = (_drawn(rng, among, half) for among in (origin.given, origin.family))
    if origin.name == "somali" and rng.random() < 0.3:
        given = f"{given} {_drawn(rng, origin.family, half)}"
    elif rng.random() < 0.1:
        given = f"{given} {_drawn(rng, origin.given, half)}"
    system = rng.randrange(len(ROMANISED))
    given, family = (" ".join(romanised(each, system) for each in name.split()) for name in (given, family))
    return Told(given, family, born=_birthday(rng), postcode=_postcode(rng))


def _drawn(rng: Random, among: tuple[str, ...], half: int | None) -> str:
    """A name; three in ten are one of the 256 commonest."""
    while True:
        common = crc32(bytes([rng.randrange(256)]) + b"order") % len(among)
        name = among[common] if rng.random() < 0.3 else rng.choice(among)
        if half is None or half_of(name) == half:
            return name


def _birthday(rng: Random) -> date:
    age = rng.uniform(8, 25) if rng.random() < 0.6 else rng.uniform(25, 75)
    return TODAY - timedelta(days=int(age * 365.25))


def _postcode(rng: Random) -> str:
    return f"{rng.choice(names('postcode areas'))}{rng.randint(1, 24)} {_inward(rng)}"


def _inward(rng: Random) -> str:
    return f"{rng.randint(0, 9)}{rng.choice(_INWARD)}{rng.choice(_INWARD)}"


def told_again(rng: Random, person: Told, origin: Origin) -> Told:
    """The same human being as another referrer writes them: another spelling, always, and often other slips."""
    again = person
    while (again.given, again.family) == (person.given, person.family):
        again = _named_again(rng, person, origin)
    return _placed_again(rng, _born_again(rng, again))


def _named_again(rng: Random, person: Told, origin: Origin) -> Told:
    """Names in another spelling system, shortened, misheard, mistyped, parts left out, the order changed."""
    given, family = person.given, person.family
    if rng.random() < 0.45:
        given = respelt(rng, given, origin)
    if rng.random() < 0.5:
        family = respelt(rng, family, origin)
    if rng.random() < 0.5:
        given = " ".join(origin.short_forms.get(each, each) for each in given.split())
    if rng.random() < 0.08:
        given = mistyped(rng, given)
    if rng.random() < 0.15:
        family = mistyped(rng, family)
    if rng.random() < 0.3:
        given, family = plain(given), plain(family)
    if " " in given and rng.random() < 0.6:
        given = given.split()[0]
    given, family = _arranged(rng, given, family)
    return replace(person, given=given, family=family)


def _arranged(rng: Random, given: str, family: str) -> tuple[str, str]:
    """The names in the boxes they were typed into."""
    draw = rng.random()
    if draw < 0.07:
        return family, given
    if draw < 0.09:
        return f"{given} {family}", ""
    return (f"{given[0]}." if draw < 0.11 else given), family


def respelt(rng: Random, name: str, origin: Origin) -> str:
    """One or two of an origin's rules, at one place each, whichever apply; the name itself where none does."""
    for _time in range(rng.choice((1, 1, 2))):
        fitting = [(old, new) for old, new in origin.rules if old in name]
        if fitting:
            old, new = rng.choice(fitting)
            places = [at for at in range(len(name)) if name.startswith(old, at)]
            at = rng.choice(places)
            name = name[:at] + new + name[at + len(old) :]
    return name[:1].upper() + name[1:]


def mistyped(rng: Random, name: str) -> str:
    """One slip of the hand: a letter left out, doubled, exchanged with the next, or a key beside it."""
    if len(name) < 3:
        return name
    at = rng.randrange(1, len(name) - 1)
    match rng.randrange(4):
        case 0:
            return name[:at] + name[at + 1 :]
        case 1:
            return name[:at] + name[at] + name[at:]
        case 2:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        case _:
            row = next((keys for keys in _KEYS if name[at] in keys), string.ascii_lowercase)
            beside = row[max(row.find(name[at]) - 1, 0) : row.find(name[at]) + 2].replace(name[at], "") or "e"
            return name[:at] + rng.choice(beside) + name[at + 1 :]


def plain(name: str) -> str:
    """Without accents."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign))
    return bare.translate(str.maketrans("łŁıø", "lLio"))


def _born_again(rng: Random, person: Told) -> Told:
    born, draw = person.born, rng.random()
    assert born is not None
    if draw < 0.72:
        return person
    if draw < 0.78 and born.day <= 12:
        return replace(person, born=born.replace(day=born.month, month=born.day))
    if draw < 0.84:
        return replace(person, born=born.replace(day=rng.randint(1, 28)))
    if draw < 0.87:
        return replace(person, born=born.replace(day=min(born.day, 28), month=rng.randint(1, 12)))
    if draw < 0.92:
        year = born.year + rng.choice((-2, -1, -1, 1, 1, 2, 10))
        return replace(person, born=born.replace(day=min(born.day, 28), year=year))
    years = (TODAY - born).days // 365 + rng.choice((-1, 0, 0, 0, 1))
    return replace(person, born=None, age=str(years) if draw < 0.97 else "")


def _placed_again(rng: Random, person: Told) -> Told:
    draw, outward = rng.random(), person.postcode.split()[0]
    if draw < 0.62:
        return person
    if draw < 0.76:
        return replace(person, postcode=f"{outward} {_inward(rng)}")
    if draw < 0.80:
        return replace(person, postcode=mistyped(rng, person.postcode.replace(" ", "")))
    return replace(person, postcode=_postcode(rng) if draw < 0.9 else "")


def crowd(seed: int, count: int) -> Iterator[Told]:
    """So many persons of all origins, half of them English, with names of both halves; every sixth has a sibling."""
    rng, chance = Random(seed), Random(seed + 1)
    english = ORIGINS[-1]
    left = count
    while left > 0:
        origin = english if rng.random() < 0.5 else rng.choice(ORIGINS[:-1])
        person = somebody(rng, origin)
        at_home = dwelling.of(chance, person.given, person.family)
        yield replace(person, dwelling=dwelling.told(chance, at_home))
        left -= 1
        if left and chance.random() < 1 / 6:
            yield _sibling(chance, person, origin, at_home)
            left -= 1


def _sibling(rng: Random, person: Told, origin: Origin, at_home: Dwelling) -> Told:
    """In twenty of a hundred a twin."""
    assert person.born is not None
    born = person.born + timedelta(days=0 if rng.random() < 0.2 else rng.randint(400, 2400))
    given = _drawn(rng, origin.given, None)
    shared = dwelling.told(rng, dwelling.household(rng, at_home))
    return replace(person, given=given, born=born, dwelling=shared)


def pairs(seed: int, half: int, each: int) -> Iterator[tuple[str, Told, Told]]:
    """For every origin so many persons of one half of the names, as they were told first and again."""
    for origin in ORIGINS:
        rng = Random(f"{seed} {half} {origin.name}")
        for _time in range(each):
            person = somebody(rng, origin, half=half)
            again = told_again(rng, person, origin)
            yield origin.name, *_housed(person, again)


def _housed(person: Told, again: Told) -> tuple[Told, Told]:
    """With where they live: drawn apart from the names, which stay what they were before."""
    rng = Random(f"{person.given} {person.family} {person.born} {person.postcode}")
    at_home = dwelling.of(rng, person.given, person.family)
    moved = bool(again.postcode) and again.postcode.split()[0] != person.postcode.split()[0]
    first = replace(person, dwelling=dwelling.told(rng, at_home))
    return first, replace(again, dwelling=dwelling.told_again(rng, at_home, moved=moved))
