"""Choosing a text that suits a person and putting the right words in it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from random import Random

WORDS: dict[str, dict[str, str]] = {
    "male": {
        "he": "he", "him": "him", "his": "his", "himself": "himself", "He": "He", "His": "His", "was": "was",
    },
    "female": {
        "he": "she", "him": "her", "his": "her", "himself": "herself", "He": "She", "His": "Her", "was": "was",
    },
    "other": {
        "he": "they", "him": "them", "his": "their", "himself": "themself", "He": "They", "His": "Their", "was": "were",
    },
}  # fmt: skip

_IRREGULAR = {"has": "have", "is": "are", "does": "do", "was": "were"}
_AFTER_THEY = re.compile(r"\b([Tt]hey)( only| plainly| finally)? (has|is|does|was|[a-z]+[a-z]s)\b")


@lru_cache(maxsize=512)
def suited(texts: tuple[str, ...], age: str) -> tuple[str, ...]:
    """The texts for `age` ("child" or "adult"), without their marks; all where none is left."""
    other = "adult: " if age == "child" else "child: "
    return tuple(text.removeprefix(f"{age}: ") for text in texts if not text.startswith(other)) or tuple(
        text.removeprefix(other) for text in texts
    )


def pick(rng: Random, texts: tuple[str, ...], age: str) -> str:
    """One text that suits the age, its words still to be filled in."""
    fitting = suited(texts, age)
    return fitting[int(rng.random() * len(fitting))]


def filled(text: str, sex: str, more: Mapping[str, str]) -> str:
    """The text in the words for `sex`; `more` fills other places, such as {place}."""
    said = text.format_map({**WORDS[sex], **more})
    return _AFTER_THEY.sub(_plural, said) if sex == "other" else said


def _plural(match: re.Match[str]) -> str:
    subject, between, verb = match.groups()
    return f"{subject}{between or ''} {_IRREGULAR.get(verb) or verb.removesuffix('s')}"
