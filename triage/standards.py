"""The minimum process standards: which version holds on a day, and how two versions differ."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Self

from django.db.models import QuerySet

from triage.models import Moment, Standard, StandardStep
from triage.states import StandardState

# A step keeps this many characters of its words as its code.
CODE_LENGTH = 40


@dataclass(frozen=True)
class StepWords:
    """What a step says, as it is written; a list of them is a version."""

    code: str
    moment: Moment
    words: str
    guidance: str
    required: bool

    @classmethod
    def of(cls, step: StandardStep) -> Self:
        """What stands in a row."""
        return cls(**{each.name: getattr(step, each.name) for each in fields(cls)})


@dataclass(frozen=True)
class Change:
    """A step before and after: `before` alone is retired, `after` alone is new."""

    before: StepWords | None
    after: StepWords | None


def steps_of(standard: Standard) -> list[StepWords]:
    """What a version asks, in order: moment by moment. One query."""
    found = [StepWords.of(step) for step in standard.steps.all()]
    return [step for moment in Moment for step in found if step.moment == moment]


def changes(before: Iterable[StepWords], after: Iterable[StepWords]) -> list[Change]:
    """What differs from one version to the other, step by step by its code: what is retired last.

    The order of steps is no difference: nothing more or less is asked.
    """
    old, new = ({step.code: step for step in steps} for steps in (before, after))
    altered = [Change(old.get(code), step) for code, step in new.items() if old.get(code) != step]
    return altered + [Change(step, None) for code, step in old.items() if code not in new]


def published() -> QuerySet[Standard]:
    """Every version but the draft."""
    found: QuerySet[Standard] = Standard.objects.exclude(state=StandardState.DRAFT)
    return found


def standard_on(day: date) -> Standard | None:
    """The version that holds on a day; None before the first one."""
    found: Standard | None = published().filter(in_force_from__lte=day).order_by("in_force_from", "number").last()
    return found


def latest() -> Standard | None:
    """The version with the highest number that is published, whether or not its day has come."""
    found: Standard | None = Standard.objects.filter(state=StandardState.PUBLISHED).first()
    return found


def before(standard: Standard) -> Standard | None:
    """The version before this one."""
    found: Standard | None = Standard.objects.filter(number__lt=standard.number).order_by("number").last()
    return found
