"""How completely and how fast each region answers: counts and times of a period, about nobody."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median, quantiles
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils.translation import ngettext

from agencies.models import AgencyKind
from agencies.working_days import london_date
from triage.models import Deconfliction, GatewayAssessment, Moment, Result
from triage.standards import published
from triage.states import DeconflictionState

# What a restricted desk answers is in no figure: that it answers would tell that it has something.
COUNTED = (AgencyKind.POLICE, AgencyKind.NATIONAL_POLICE_DESK)
_TWO_DAYS = timedelta(days=2)


class Answer(NamedTuple):
    """One answer: of which region, when it was opened and given, and what became of the steps."""

    region: str
    opened_at: datetime
    answered_at: datetime
    done: int
    not_applicable: int
    not_done: int


@dataclass(frozen=True)
class RegionFigures:
    """A region in a period. `quick` and `slow`: within these is the middle half of its answers.

    `asked` counts the steps of all its answers, by the version of each; `unsaid` are those that were not required and
    left open. `incomplete` are answers given before every step was done or found not to apply.
    """

    region: str
    answered: int
    quick: timedelta
    median: timedelta
    slow: timedelta
    asked: int
    done: int
    not_applicable: int
    not_done: int
    incomplete: int

    @property
    def unsaid(self) -> int:
        """Steps of which nothing was said."""
        return self.asked - self.done - self.not_applicable - self.not_done

    @property
    def shares(self) -> dict[str, int | None]:
        """How many in a hundred steps were done, did not apply, were not done, were left open; None where none were."""
        parts = {
            "done": self.done, "not_applicable": self.not_applicable, "not_done": self.not_done, "unsaid": self.unsaid,
        }  # fmt: skip
        return {name: round(100 * each / self.asked) if self.asked else None for name, each in parts.items()}

    @property
    def times(self) -> dict[str, str]:
        """The three times in words."""
        return {name: in_words(getattr(self, name)) for name in ("quick", "median", "slow")}


def in_words(time: timedelta) -> str:
    """Whole hours below two days, whole days from there."""
    if time < _TWO_DAYS:
        hours = round(time / timedelta(hours=1))
        return ngettext("{number} hour", "{number} hours", hours).format(number=hours)
    days = round(time / timedelta(days=1))
    return ngettext("{number} day", "{number} days", days).format(number=days)


def answers_between(moment: Moment, first: date, last: date) -> list[Answer]:
    """What was answered from one day to the other, both inclusive: of a gateway assessment, what was signed.

    One query. Scoped to no reader: about nobody.
    """
    counts = dict(zip(Result.values, (Count("checks", filter=Q(checks__result=each)) for each in Result), strict=True))
    if moment == Moment.GATEWAY:
        signed = GatewayAssessment.objects.filter(
            signed_at__isnull=False, agency__kind__in=COUNTED, signed_at__date__range=(first, last)
        ).annotate(**counts)  # before the values are named: by row, and not by what two rows have in common
        return [Answer(*row) for row in signed.values_list("agency__name", "opened_at", "signed_at", *counts)]
    answered = Deconfliction.objects.filter(
        state=DeconflictionState.ANSWERED, agency__kind__in=COUNTED, answered_at__date__range=(first, last)
    ).annotate(**counts)
    return [Answer(*row) for row in answered.values_list("agency__name", "opened_at", "answered_at", *counts)]


def steps_by_day(moment: Moment) -> list[tuple[date, int]]:
    """From which day how many steps are asked, in order. One query."""
    versions = published().annotate(asked=Count("steps", filter=Q(steps__moment=moment)))
    found = versions.order_by("in_force_from", "number").values_list("in_force_from", "asked")
    return [(begins, asked) for begins, asked in found if begins]


def figures_of(answers: Iterable[Answer], steps: list[tuple[date, int]]) -> list[RegionFigures]:
    """The regions by name, from their answers and from how many steps were asked from which day."""
    by_region: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_region[answer.region].append(answer)
    return [_region(name, by_region[name], steps) for name in sorted(by_region)]


def _region(name: str, answers: list[Answer], steps: list[tuple[date, int]]) -> RegionFigures:
    times = [each.answered_at - each.opened_at for each in answers]
    seconds = [each.total_seconds() for each in times]
    quick, _middle, slow = quantiles(seconds, n=4, method="inclusive") if len(seconds) > 1 else seconds * 3
    asked = [_asked_on(london_date(each.opened_at), steps) for each in answers]
    settled = [each.done + each.not_applicable for each in answers]
    return RegionFigures(
        region=name,
        answered=len(answers),
        quick=timedelta(seconds=quick),
        median=timedelta(seconds=median(seconds)),
        slow=timedelta(seconds=slow),
        asked=sum(asked),
        done=sum(each.done for each in answers),
        not_applicable=sum(each.not_applicable for each in answers),
        not_done=sum(each.not_done for each in answers),
        incomplete=sum(met < wanted for met, wanted in zip(settled, asked, strict=True)),
    )


def _asked_on(day: date, steps: list[tuple[date, int]]) -> int:
    at = bisect_right([begins for begins, _count in steps], day)
    return steps[at - 1][1] if at else 0
