"""Versions of the standards as files: what `manage.py import_standard` reads."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from agencies.words import says_something
from triage.models import Moment
from triage.standards import CODE_LENGTH, StepWords

# The first version and the one that follows it, both examples of our own.
EXAMPLE, NEXT_EXAMPLE = (Path(__file__).parent / "data" / f"standard_{number}.json" for number in (1, 2))


@dataclass(frozen=True)
class StandardFile:
    """What a file says: what it rests on, its steps in order, and what changed from the version before."""

    origin: str
    steps: tuple[StepWords, ...]
    note: str = ""


def read_standard(path: Path) -> StandardFile:
    """The version in a file. Raises ValueError, with words for the operator, for one that cannot be read as such."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        steps = tuple(_step(each) for each in told["steps"])
        origin = str(told["origin"])
    except (KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"Not a version of the standards: {wrong}") from wrong
    if not steps or len({step.code for step in steps}) < len(steps):
        raise ValueError("A version has at least one step, and each has a code of its own.")
    return StandardFile(origin, steps, str(told.get("note", "")))


def _step(told: dict[str, Any]) -> StepWords:
    code, words = str(told["code"]), str(told["words"])
    if not says_something(words) or not code or code != slugify(code)[:CODE_LENGTH] or len(words) > 200:
        raise ValueError(f"step {code!r}")
    return StepWords(
        code=code, moment=Moment(told["moment"]), words=words, guidance=str(told.get("guidance", "")),
        required=bool(told["required"]),
    )  # fmt: skip
