"""Whether two referrals tell the same story: by keyed fingerprints of their words, never by the words themselves.

A school's staff may write from one template, open with the same paragraph, and be right to: each of their referrals has
a passage of its own about its own pupil. What a script sends three hundred times has none, however many single words it
exchanges. So two narratives are alike when *neither has a passage of its own*: no run of WINDOW pairs of words of which
fewer than a third occur in the other.
"""

import hashlib
import re
import unicodedata
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Any, Self

from django.conf import settings

from referrals.questions.shapes import Kind
from referrals.questions.versions import form_of

# Pairs of words in a passage: about two lines of handwriting. A sentence of some eighteen words of one's own is enough
# to be told apart; one word in ten may be exchanged in both copies, anywhere, and they are still alike.
WINDOW = 24
# From a very long narrative: so many words from its beginning and so many from its end. What is compared stays small.
BEGINNING, END = 400, 200

# Where and who it is about: counted only where the narrative is too short to say anything of its own, such as
# "see the attached report". A script that makes up a name for every copy of a long text gains nothing by it.
WHO = ("given_names", "family_name", "other_names", "date_of_birth", "approximate_age", "description", "postcode",
       "address", "study_or_work")  # fmt: skip
NOT_THE_STORY = frozenset(WHO)

_WORD = re.compile(r"\w+")
_LANES = 64


@dataclass(frozen=True)
class Sketch:
    """What is kept of a narrative: `pairs`, a keyed 32-bit hash for each two neighbouring words, in their order."""

    pairs: Sequence[int]

    @classmethod
    def of(cls, answers: Mapping[str, Any], version: str) -> Self:
        """The sketch of a referral's answers; empty when they hold fewer than two words."""
        words = _words(_story(answers, version))
        if len(words) <= WINDOW:
            words += _words(_text(answers.get(name)) for name in WHO)
        if len(words) > BEGINNING + END:
            words = words[:BEGINNING] + words[-END:]
        key = _key(settings.SECRET_KEY)
        joined = (f"{one} {other}".encode() for one, other in pairwise(words))
        return cls(array("I", (_hash(pair, key) for pair in joined)))

    @classmethod
    def stored(cls, kept: bytes) -> Self:
        """The sketch that `to_store` made."""
        pairs = array("I")
        pairs.frombytes(kept)
        return cls(pairs)

    def to_store(self) -> bytes:
        """Four bytes for each pair."""
        return array("I", self.pairs).tobytes()

    @cached_property
    def known(self) -> frozenset[int]:
        """The pairs, to be looked up."""
        return frozenset(self.pairs)

    @cached_property
    def summary(self) -> int:
        """A SimHash of the pairs in 64 bits, as PostgreSQL's signed bigint: alike sketches differ in few of them."""
        lanes = sum(_spread(pair) for pair in self.known)
        half, bits = len(self.known), 0
        for lane in range(_LANES):
            bits |= ((lanes >> (lane * 16) & 0xFFFF) * 2 > half) << lane
        return bits - (1 << 64) if bits >> 63 else bits

    def is_alike(self, other: "Sketch") -> bool:
        """Whether neither has a passage that the other has not. Nothing is like a text of one word."""
        if not self.pairs or not other.pairs:
            return False
        return not _has_own_passage(self.pairs, other.known) and not _has_own_passage(other.pairs, self.known)


def _has_own_passage(pairs: Sequence[int], known: frozenset[int]) -> bool:
    """Whether any WINDOW pairs in a row are for less than a third known; a shorter text, for less than two thirds."""
    sums = [0, *accumulate(pair in known for pair in pairs)]
    if len(pairs) <= WINDOW:
        return sums[-1] * 3 < len(pairs) * 2
    return any((sums[end] - sums[end - WINDOW]) * 3 < WINDOW for end in range(WINDOW, len(sums)))


def _story(answers: Mapping[str, Any], version: str) -> Iterable[str]:
    """What was told in one's own words, in the order of the form."""
    for _page, question in form_of(version).asked(answers):
        if question.kind is Kind.LONG_TEXT and question.name not in NOT_THE_STORY:
            yield _text(answers.get(question.name))


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold())]


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values())
    return value if isinstance(value, str) else ""


def _hash(pair: bytes, key: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(pair, digest_size=4, key=key).digest(), "big")


@lru_cache(maxsize=1)
def _key(secret: str) -> bytes:
    """A key of its own, so that a sketch cannot be made outside this installation."""
    return hashlib.sha256(b"likeness:" + secret.encode()).digest()


def _spread(pair: int) -> int:
    """64 pseudo-random bits from a pair's hash, each in a lane of 16 of its own, so that one addition counts them all.

    Two rounds of a 64-bit mixer (SplitMix64): the hash is keyed already, this only stretches it.
    """
    mixed = pair * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    mixed ^= mixed >> 31
    return sum(_BYTE_LANES[mixed >> (8 * place) & 0xFF] << (128 * place) for place in range(8))


_BYTE_LANES = [sum((byte >> bit & 1) << (16 * bit) for bit in range(8)) for byte in range(256)]
