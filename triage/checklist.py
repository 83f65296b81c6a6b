"""What is to be ticked off beside an answer, and what was: for every moment that has steps of its own."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from agencies.words import says_something
from agencies.working_days import london_date
from audit.refusals import NotNow
from triage.models import Moment, PracticeNote, Result, StandardStep
from triage.practice import practice_by_step
from triage.standards import standard_on


@dataclass(frozen=True)
class Checked:
    """What became of the step with this code: done `on` a day, or not and `why`."""

    code: str
    result: Result
    on: date | None = None
    why: str = ""


def steps_for(moment: Moment, opened_at: datetime) -> list[StandardStep]:
    """The steps that whatever was opened then is answered by, in order; none before the first version."""
    standard = standard_on(london_date(opened_at))
    return list(standard.steps.filter(moment=moment)) if standard else []


def with_practice(steps: Iterable[StandardStep]) -> list[tuple[StandardStep, list[PracticeNote]]]:
    """Each step with what regions have found to work well. One query."""
    practice = practice_by_step()
    return [(step, practice.get(step.code, [])) for step in steps]


def left_open(steps: Iterable[StandardStep], said: Collection[str]) -> list[StandardStep]:
    """The required steps of which nothing is said; `said` are the codes of those that are ticked off."""
    return [step for step in steps if step.required and step.code not in said]


def check_ticked_off(
    steps: Collection[StandardStep], checks: Collection[Checked], *, now: datetime, whole: bool = True
) -> None:
    """Raise NotNow unless each step is ticked off once at most, with the day or the reason.

    Where they are to be `whole`, each required one must be ticked off.
    """
    said = [check.code for check in checks]
    if len(set(said)) < len(said) or not set(said) <= {step.code for step in steps}:
        raise NotNow(_("The checks are not those of the version by which this is answered. Reload the page."))
    for step in left_open(steps, said) if whole else ():
        raise NotNow(_("Say what became of “{words}”: it is required.").format(words=step.words))
    words = {step.code: step.words for step in steps}
    for check in checks:
        _check_told(check, words[check.code], now=now)


def _check_told(check: Checked, words: str, *, now: datetime) -> None:
    if check.result == Result.DONE:
        if check.on is None or check.on > london_date(now):
            raise NotNow(_("Say on which day “{words}” was done, today at the latest.").format(words=words))
    elif not says_something(check.why):
        raise NotNow(_("Say why “{words}” was not done.").format(words=words))
