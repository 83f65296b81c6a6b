"""Names, postcodes and ages in one spelling, so that they can be compared. Pure.

A name in any script is written in the 26 letters (anyascii), so that accents, cases and hyphens make no difference.
What makes one word of two is joined: "Ó Briain", "Mac Giolla", "Abd al-Rahman".
"""

import re
import unicodedata

from anyascii import anyascii

_APOSTROPHES = re.compile(r"['’‘ʼ`´′ʹʻ]")
_ARABIC_ARTICLE = re.compile(r"\bال(?=\w{3})")
_NOT_A_LETTER = re.compile(r"[^a-z]+")
_NUMBER = re.compile(r"\d{1,3}")

# Written before the name they belong to: one word with it.
_SERVANT = frozenset({"abd", "abdul", "abdel", "abdal", "abdur", "abdus", "abdu", "cabd", "bd"})
_JOINED = frozenset({"o", "mac", "mc", "ap", "ab", "fitz", *_SERVANT})
# Articles, "son of", titles: left out, unless nothing else is there.
_PARTICLES = frozenset(
    {
        "al", "el", "ul", "ud", "ur", "ar", "ad", "as", "ibn", "bin", "ben", "bint", "binti", "ould", "wa", "de", "la",
        "da", "di", "van", "von", "der", "ni", "nic", "ui", "mr", "mrs", "miss", "ms", "dr", "master",
    }
)  # fmt: skip


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, in lower-case ASCII letters: "Siân Ó Briain-Łukasik" gives sian, obriain, lukasik."""
    whole = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", name))
    plain = anyascii(_ARABIC_ARTICLE.sub("", whole)).casefold()
    return tuple(_joined(_NOT_A_LETTER.sub(" ", _APOSTROPHES.sub("", plain)).split()))


def _joined(words: list[str]) -> list[str]:
    kept: list[str] = []
    before = ""
    for place, word in enumerate(words):
        last = place == len(words) - 1
        if word in _JOINED and not last:
            before += word
        elif word in _PARTICLES and (before or not last or kept):
            continue
        else:
            kept.append(before + word)
            before = ""
    return kept or words[-1:]


def postcode_of(typed: str) -> str:
    """A postcode without spaces, in capitals: "s70 2 ab" gives S702AB."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())


def outward_of(postcode: str) -> str:
    """The first half of a British postcode, the district; empty where it is no whole one."""
    return postcode[:-3] if len(postcode) >= 5 and postcode[-3].isdigit() and not postcode[-1].isdigit() else ""


def born_about(age: str, *, year: int | None) -> int | None:
    """The year of birth of somebody who was about so old in `year`; None where either is not known."""
    found = years_in(age)
    return year - found if year and found is not None else None


def years_in(age: str) -> int | None:
    """The number of years in an age as it was typed; None where there is none."""
    found = _NUMBER.search(age)
    return int(found.group()) if found and int(found.group()) < 120 else None
