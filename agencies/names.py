"""Whether two names may be the same human being's: word by word, in any order, however they are written.

Plain on purpose: it compares what was typed, and finds no likeness of sound or spelling.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Letters that are no accented form of another, as people write them where a keyboard lacks them.
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ŋ": "n", "þ": "th", "ŧ": "t"}
)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´′ʹʻ"))


@dataclass(frozen=True)
class NamesIn:
    """The names in one referral: the `person`'s with other spellings, those of `others`, `texts` with more."""

    person: str
    also: str = ""
    others: Sequence[str] = ()
    texts: Sequence[str] = ()

    @property
    def pool(self) -> set[str]:
        """Every word that a name in it could share with a user's."""
        return pool_of(self.person, self.also, *self.others, *self.texts)

    def meet(self, name: str) -> bool:
        """Whether `name` may be that of somebody in it."""
        return (
            meets(name, of=self.person, also=self.also)
            or any(meets(name, of=other) for other in self.others)
            or any(stands_in(name, text) for text in self.texts)
        )


def words_of(name: str) -> list[str]:
    """The words of a name in one spelling: "Siân O’Brien-Łukasik" gives sian, obrien, lukasik."""
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold().translate(_LETTERS)
    bare = "".join(sign for sign in plain if not unicodedata.category(sign).startswith(("M", "Cf")))
    return "".join(sign if sign.isalnum() else " " for sign in bare).split()


def pool_of(*names: str) -> set[str]:
    """Every word of the names, and every two neighbours written as one: "O Brien" may stand as "OBrien"."""
    found: set[str] = set()
    for words in map(words_of, names):
        found.update(words, map("".join, pairwise(words)))
    return found


def meets(name: str, *, of: str, also: str = "") -> bool:
    """Whether `name` is the name `of` somebody, in any order, or made of it and the other spellings in `also`.

    One of the two may have more words than the other, such as a middle name; a name of a single word meets
    only the very same.
    """
    mine, theirs = words_of(name), words_of(of)
    if len(mine) > 1 and _within(mine, pool_of(of, also)):
        return True
    if len(theirs) > 1 and mine and _within(theirs, pool_of(name)):
        return True
    return bool(mine) and "".join(mine) in {"".join(theirs), "".join(words_of(also))}


def stands_in(name: str, text: str) -> bool:
    """Whether `name`, two words of it at least, stands in a text as neighbours, in any order."""
    mine, words = words_of(name), words_of(text)
    if len(mine) < 2:
        return False
    windows = zip(*(words[start:] for start in range(len(mine))), strict=False)
    return any(sorted(window) == sorted(mine) for window in windows)


def _within(words: Sequence[str], pool: set[str]) -> bool:
    return any(reading <= pool for reading in _readings(words))


def _readings(words: Sequence[str]) -> Iterator[set[str]]:
    """The words as they are, and with each two neighbours written as one."""
    yield set(words)
    for place in range(len(words) - 1):
        yield {*words[:place], words[place] + words[place + 1], *words[place + 2 :]}
