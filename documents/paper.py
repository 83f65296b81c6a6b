"""What a PDF says: words and values only. How it looks stands in `templates/pdf/paper.typ`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

# The marking of the Government Security Classifications for what needs care within OFFICIAL.
MARKING = "OFFICIAL-SENSITIVE"


@dataclass(frozen=True)
class Part:
    """A heading and the rows below it, each a label with its values; `note` is a line below the rows.

    `columns` are what stands above labels and values.
    """

    title: str
    columns: tuple[str, str]
    rows: Sequence[tuple[str, Sequence[str]]]
    note: str = ""


@dataclass(frozen=True)
class Paper:
    """A document. `language` is en or cy, `at` when it was made."""

    title: str
    introduction: Sequence[str]
    parts: Sequence[Part]
    footer: str
    language: str
    at: datetime
    marking: str = MARKING
