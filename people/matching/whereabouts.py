"""Where somebody can be found besides their postcode: address, telephone, e-mail, school. Kept as keyed hashes alone.

The words stand sealed in the answers of a referral, under the person's key. Beside the search row there are tokens: a
letter for what it is, and 64 bits of an HMAC of one normalised word under a key of this installation. Two of them say
whether two words are the same and nothing else.

| token | of |
|---|---|
| `a:` | the number of a house with a word of its street |
| `w:` | how a word of the street sounds |
| `t:` | a telephone number |
| `e:` | an e-mail address |
| `l:` | its part before the @ |
| `c:` | a school, college or employer |
| `d:` | a word of its name |
"""

import csv
import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from anyascii import anyascii
from django.conf import settings

from people.matching.sounding import sounds_of

# To be raised whenever the same words would give other tokens.
RULES = 1

_PIECE = re.compile(r"[,;\n]+")
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b")
_PART = re.compile(r"\d+|[a-z]{2,}")
_APART = re.compile(r"[,;/\n]|\bor\b|\band\b")
_EMAIL = re.compile(r"([^\s,;<>()@:]{2,})@([^\s,;<>()@]+\.[^\s,;<>()@]+)")
# Words that are no part of a name of a street, a school or a mailbox.
TABLE = Path(__file__).parent.parent / "data" / "place_words.csv"


class Whereabouts(NamedTuple):
    """As typed; each may hold several, and more than was asked."""

    address: str = ""
    phone: str = ""
    email: str = ""
    school: str = ""


def hashed(told: Whereabouts) -> str:
    """All tokens, each once, in order, joined by spaces; empty where nothing is known."""
    return " ".join(sorted({f"{kind}:{_hash(kind, word)}" for kind, word in words_in(told)}))


def version() -> int:
    """Of which rules and which key tokens are that are made today. Never 0."""
    return int.from_bytes(_digest("version", str(RULES))[:3]) + 1


def words_in(told: Whereabouts) -> Iterator[tuple[str, str]]:
    """Kind and normalised word of each token."""
    yield from _homes(told.address)
    yield from (("t", number) for number in _numbers(told.phone))
    yield from _mailboxes(told.email)
    yield from _school(told.school)


def _homes(address: str) -> Iterator[tuple[str, str]]:
    number = ""
    for place, piece in enumerate(_PIECE.split(_POSTCODE.sub(" ", _plain(address)))):
        parts = _PART.findall(piece)
        parts = [
            part for before, part in pairwise(["", *parts])
            if part not in _known("flat") and not (before in _known("flat") and part.isdecimal())
        ]  # fmt: skip
        at = next((at for at, part in enumerate(parts) if part.isdecimal()), -1)
        if at >= 0:
            number, parts = parts[at].lstrip("0"), parts[at + 1 :] or parts[:at]
        street = _street(parts)
        # "17, Mill Lane"; and what has neither number nor kind of street is a town, but for a house that has a name.
        if street and (number or place == 0 or not _known("street").isdisjoint(parts)):
            yield from (("a", f"{number} {word}") for word in street if number)
            yield from (("w", min(sounds_of(word))) for word in street)
            number = ""


def _street(parts: list[str]) -> list[str]:
    """The words of a street's name: three at most, those before the kind of street where that is told."""
    end = next((at for at, part in enumerate(parts) if at and part in _known("street")), len(parts))
    named = [part for part in parts[:end] if not part.isdecimal() and part not in _known("no_street")]
    proper = [part for part in named if part not in _known("street")]
    return proper[-3:] or named or [part for part in parts if part in _known("street")]


def _numbers(phone: str) -> Iterator[str]:
    """Telephone numbers without what is dialled before them at home or from abroad."""
    for each in _APART.split(_plain(phone)):
        digits = "".join(sign for sign in each if sign.isdecimal()).lstrip("0")
        if len(digits) > 10:
            digits = digits.removeprefix("44").lstrip("0")
        if len(digits) >= 7:
            yield digits[-10:]


def _mailboxes(email: str) -> Iterator[tuple[str, str]]:
    for name, domain in _EMAIL.findall(_plain(email)):
        own = name.split("+")[0]
        yield "e", f"{own}@{domain.rstrip('.').replace('googlemail.', 'gmail.')}"
        if len(own) > 5 and own not in _known("office"):
            yield "l", own


def _school(school: str) -> Iterator[tuple[str, str]]:
    """The town after a comma is no part of the name; "St" and apostrophes make no difference."""
    name = _PIECE.split(_plain(school))[0].replace("'", "")
    words = [word for word in re.findall("[a-z]{2,}", name) if word not in _known("no_school")]
    if words:
        yield "c", " ".join(sorted(words))
        yield from (("d", word) for word in words)


@cache
def _known(kind: str) -> frozenset[str]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return frozenset(next(row["words"] for row in csv.DictReader(file) if row["kind"] == kind).split())


def _plain(text: str) -> str:
    return anyascii(text).casefold()


def _hash(kind: str, word: str) -> str:
    return urlsafe_b64encode(_digest(kind, word)[:8]).decode().rstrip("=")


def _digest(kind: str, word: str) -> bytes:
    return hmac.digest(_key(settings.CONTACT_CODE_KEY), f"{kind}:{word}".encode(), "sha256")


@lru_cache(maxsize=1)
def _key(secret: str) -> bytes:
    """A key of its own, so that no token can be made outside this installation."""
    return hashlib.sha256(b"matching:" + secret.encode()).digest()
