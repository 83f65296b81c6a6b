"""How the steps of a draft are written: part of the actions that have asked whether it may be."""

from collections.abc import Iterable

from django.utils.text import slugify

from triage.models import Standard, StandardStep
from triage.standards import CODE_LENGTH, StepWords


def put_steps(draft: Standard, steps: Iterable[StepWords]) -> None:
    """Store steps behind one another in an empty draft."""
    for position, step in enumerate(steps, start=1):
        StandardStep(standard=draft, position=position, **vars(step)).save(force_insert=True)


def code_for(words: str) -> str:
    """A code for a new step, of its words, that no step of any version has: a code says for ever which step it is."""
    stem = slugify(words)[:CODE_LENGTH].strip("-") or "step"
    taken = set(StandardStep.objects.filter(code__startswith=stem[: CODE_LENGTH - 5]).values_list("code", flat=True))
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem[: CODE_LENGTH - 5]}-{number}"
    return code


def next_position(draft: Standard) -> int:
    """The position behind all others."""
    last: StandardStep | None = draft.steps.order_by("position").last()
    return last.position + 1 if last else 1
