"""A paper becomes a tagged PDF (PDF/UA-1), set by typst in this process."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from fontTools.ttLib import TTFont

from documents.paper import Paper

# Tried one after another for every character.
FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Bengali", "Noto Sans Devanagari",
            "Noto Sans Gurmukhi", "Noto Sans Gujarati", "Noto Sans Tamil", "Noto Sans Ethiopic",
            "Noto Sans Symbols 2", "Noto Emoji")  # fmt: skip
CONTROLS = frozenset(range(32))  # a font may claim them
INSTEAD = "□"
# They would turn the order of what follows them, in somebody's name or in a sentence after it.
TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def typeset(paper: Paper) -> bytes:
    """The PDF of a paper. A character that no font of ours has is printed as □.

    Values reach typst as data, never as its markup. The template alone is read from the disk.
    Raises ImproperlyConfigured where the fonts were not brought.
    """
    said = {name: _printable(value) for name, value in asdict(paper).items() if name != "at"}
    made: bytes = typst.compile(
        settings.PAPER_TEMPLATE,
        root=settings.PAPER_TEMPLATE.parent,
        format="pdf",
        font_paths=_fonts(settings.FONTS_FOLDER),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps({**said, "families": FAMILIES})},
        pdf_standards=["ua-1"],
        timestamp=int(paper.at.timestamp()),
    )
    return made


def printable(text: str) -> str:
    """The text with □ for what cannot be printed, and without marks that turn the order of the writing."""
    known = _covered(settings.FONTS_FOLDER)
    lines = text.translate(TURNING).splitlines()
    return "\n".join("".join(letter if ord(letter) in known else INSTEAD for letter in line) for line in lines)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(part) for name, part in value.items()}
    return [_printable(part) for part in value]


@cache
def _fonts(folder: Path) -> typst.Fonts:
    if not any(folder.rglob("*_400Regular.ttf")):
        raise ImproperlyConfigured(f"There are no fonts in FONTS_FOLDER ({folder}): `make install` brings them.")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@cache
def _covered(folder: Path) -> frozenset[int]:
    """The code points that our fonts can show. What has no width of its own is shown by none alone."""
    found: set[int] = set()
    for font in folder.rglob("*_400Regular.ttf"):
        with TTFont(font, lazy=True) as opened:
            found |= opened.getBestCmap().keys() - CONTROLS
    return frozenset(found)
