"""What is left of a word when it is written as it sounds, in each of the spelling systems it may stand in. Pure.

Daitch-Mokotoff's codes, which PostgreSQL makes, know English, German, Slavic and Hebrew spellings. These know others:
Somali x for h and c for a sound that English drops, Irish bh and mh for v, Welsh f for v and w for u, Turkish c for j.
"""

import re

from people.matching.remembering import remembered

_VOWELS = re.compile(r"[aeiouyhw]+")
_TWICE = re.compile(r"(.)\1+")
_ABD = re.compile(r"^(?:c?abd|bd)[aeiou]*[lr]?(?=[a-z]{3})")
_ARTICLE = re.compile(r"^[ae]l(?=[a-z]{4})")
_SOUNDS = (
    ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("sz", "s"), ("cz", "c"), ("ch", "c"), ("sh", "s"), ("zh", "j"),
    ("dz", "z"), ("dj", "j"), ("ph", "f"), ("kh", "k"), ("gh", "g"), ("ck", "k"), ("qu", "k"), ("th", "t"),
    ("dh", "d"), ("ts", "s"), ("x", "ks"), ("q", "k"), ("z", "s"), ("v", "f"), ("d", "t"), ("b", "p"), ("g", "k"),
)  # fmt: skip
# Spelling systems that read letters otherwise than English, each tried for itself on a whole word.
_SYSTEMS: tuple[tuple[re.Pattern[str], tuple[tuple[str, str], ...]], ...] = (
    (re.compile("[xc]"), (("dh", "d"), ("x", "h"), ("c", ""))),
    (re.compile("bh|mh|dh|gh|th|ch"), (("bh", "v"), ("mh", "v"), ("dh", ""), ("gh", ""), ("th", ""), ("ch", "h"))),
    (re.compile("dd|ff|f|ll"), (("dd", "th"), ("ff", "F"), ("f", "v"), ("ll", "l"), ("F", "f"))),
    (re.compile("[cj]"), (("ch", "C"), ("c", "j"), ("C", "ch"))),
    (re.compile("[cw]"), (("w", "v"), ("c", "ts"))),
    (re.compile("c"), (("ch", "k"), ("c", "k"))),
    (re.compile("c"), (("c", "s"),)),
    (re.compile("kh"), (("kh", "h"),)),
    (re.compile("j"), (("j", "y"),)),
)


@remembered
def sounds_of(word: str) -> frozenset[str]:
    """The skeletons of a word: its consonants, alike ones written alike. At least one, however short the word is."""
    found = set()
    for reading in _readings(word):
        for wanted, given in _SOUNDS:
            reading = reading.replace(wanted, given)
        bare = _TWICE.sub(r"\1", _VOWELS.sub("", _TWICE.sub(r"\1", reading)))
        # One consonant alone says too little: "Ali" and "Layla".
        found.add(bare if len(bare) > 1 else _TWICE.sub(r"\1", reading.replace("y", "i")))
    return frozenset(found)


def _readings(word: str) -> set[str]:
    read = {word}
    for sign, letters in _SYSTEMS:
        if sign.search(word):
            other = word
            for written, spoken in letters:
                other = other.replace(written, spoken)
            read.add(other)
    served = {_ABD.sub("abd", each) for each in read}
    return served | {_ARTICLE.sub("", each) for each in served}
