"""How the same human comes to stand in a second referral under another spelling."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from desk.demonstration.names import Spellings

# What an ear or a hurried hand makes of letters, tried in turn from a place drawn by chance.
_SLIPS = (
    ("ph", "f"), ("ck", "k"), ("ie", "ei"), ("ei", "ie"), ("ll", "l"), ("tt", "t"), ("ss", "s"), ("ff", "f"),
    ("gh", "g"), ("wh", "w"), ("ou", "u"), ("ee", "ea"), ("y", "i"), ("sh", "ch"), ("th", "t"), ("kh", "k"),
    ("ai", "ay"), ("oo", "u"), ("w", "v"), ("z", "s"), ("c", "k"), ("v", "w"),
)  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """Name and date of birth as one referrer typed them."""

    given: str
    family: str
    born: date


def misspelt(rng: Random, typed: Typed, given: Spellings, family: Spellings) -> Typed:
    """Another referrer's version of `typed`: never the same in all three parts."""
    draw = rng.random()
    if draw < 0.12 and typed.given and typed.family and typed.given != typed.family:
        again = replace(typed, given=typed.family, family=typed.given)
    elif draw < 0.45:
        again = _respelt(rng, typed, given, family)
    elif draw < 0.9 or typed.born.day > 12:
        again = _slipped(rng, typed)
    else:
        again = typed
    if again == typed or rng.random() < 0.2:
        again = replace(again, born=wrong_date(rng, typed.born))
    return again


def _respelt(rng: Random, typed: Typed, given: Spellings, family: Spellings) -> Typed:
    """Another accepted spelling of either name: a transliteration, an accent left out, a short form."""
    others = [name for name in family if name != typed.family] if typed.family else []
    if others and (len(given) < 2 or rng.random() < 0.7):
        return replace(typed, family=rng.choice(others))
    others = [name for name in given if name != typed.given] if typed.given else []
    return replace(typed, given=rng.choice(others)) if others else _slipped(rng, typed)


def _slipped(rng: Random, typed: Typed) -> Typed:
    if typed.family:
        return replace(typed, family=slip(rng, typed.family))
    return replace(typed, given=slip(rng, typed.given))


def slip(rng: Random, name: str) -> str:
    """A name with one slip of the ear or the hand; it differs from `name` if that has two letters that differ."""
    start = rng.randrange(len(_SLIPS))
    for heard, written in _SLIPS[start:] + _SLIPS[:start]:
        place = name.find(heard, 1)
        if place > 0:
            return name[:place] + written + name[place + len(heard) :]
    plain = without_accents(name)
    return plain if plain != name else _exchanged(rng, name)


def _exchanged(rng: Random, name: str) -> str:
    """Two neighbouring letters, not the first, change places."""
    places = [at for at in range(1, len(name) - 1) if name[at] != name[at + 1]]
    if not places:
        return name + name[-1]
    at = rng.choice(places)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def without_accents(name: str) -> str:
    """The name in letters that every keyboard has; Arabic stays as it is."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", name) if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", bare).translate(str.maketrans("Łłıİ’", "LliI'"))


def wrong_date(rng: Random, born: date) -> date:
    """Day and month exchanged where that makes a date, else a year or a day beside the right one."""
    if born.day <= 12 and born.day != born.month and rng.random() < 0.6:
        return born.replace(day=born.month, month=born.day)
    if rng.random() < 0.5:
        return born.replace(day=born.day + 1 if born.day < 28 else born.day - 1)
    return born.replace(year=born.year - 1, day=28 if (born.month, born.day) == (2, 29) else born.day)
