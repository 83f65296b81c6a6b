"""A few referrals of one flood beside each other, and which of their words differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from referrals.masking import sections_shown
from referrals.models import Referral
from referrals.questions.answered import name_of_place
from referrals.questions.shapes import Text

# Words of one answer that are compared; the rest is shown as if it were alike. Comparing takes time squared.
COMPARED = 400


@dataclass(frozen=True)
class Piece:
    """Some words, and whether the first referral of the sample has others in their place."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Line:
    """One question, and what each referral of the sample answered to it; nothing where it was left empty."""

    label: Text
    cells: tuple[tuple[Piece, ...], ...]
    differs: bool


def side_by_side(referrals: Sequence[Referral]) -> list[Line]:
    """Every question that any of them answered, in the order of the form."""
    place = cache(name_of_place)
    labels: dict[str, Text] = {}
    given: list[dict[str, str]] = []
    for referral in referrals:
        sections = sections_shown(referral, place=place)
        rows = [row for section in sections for row in section.rows]
        labels |= {row.name: row.label for row in rows if row.name not in labels}
        given.append({row.name: "\n".join(map(str, row.values)) for row in rows})
    return [_line(label, [answers.get(name, "") for answers in given]) for name, label in labels.items()]


def _line(label: Text, texts: Sequence[str]) -> Line:
    first = texts[0]
    cells = ((Piece(first, differs=False),), *(tuple(pieces(first, other)) for other in texts[1:]))
    return Line(label, tuple(tuple(piece for piece in cell if piece.text) for cell in cells), len(set(texts)) > 1)


def pieces(first: str, other: str) -> list[Piece]:
    """`other` in pieces: what stands in `first` too, and what does not."""
    if first == other:
        return [Piece(other, differs=False)]
    mine, theirs = first.split(), other.split()
    compared, rest = theirs[:COMPARED], theirs[COMPARED:]
    matcher = SequenceMatcher(None, mine[:COMPARED], compared, autojunk=False)
    found = [
        Piece(" ".join(compared[start:end]), differs=tag != "equal")
        for tag, _from, _to, start, end in matcher.get_opcodes()
        if end > start
    ]
    return [*found, Piece(" ".join(rest), differs=False)] if rest else found
