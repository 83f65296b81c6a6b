"""How often the true person is found, how high, how often somebody else is called likely, and how long it takes."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import median
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from benchmarks.matching import febrl, imagining
from benchmarks.matching.house import database_of_persons, described_as
from benchmarks.matching.imagining import Told
from people.matching.candidates import candidates_like
from people.matching.evidence import Band

# Seeds: of the persons who are asked about, and of the crowds they stand in.
ASKED, CROWD = 7, 3
# Of the crowd, how many have names, births and postcodes as FEBRL's persons do.
LIKE_FEBRL = 5


@dataclass(frozen=True)
class Question:
    """Somebody told again, and who they are."""

    dataset: str
    origin: str
    told: Told
    true: UUID


class Answered(NamedTuple):
    """What came of one question."""

    first: bool
    among_ten: bool
    likely_false: bool
    likely: int
    milliseconds: float


def ask(question: Question) -> Answered:
    """Look for somebody, as a page would, and compare with who they are."""
    described = described_as(question.told)
    began = time.perf_counter()
    found = candidates_like(described)
    took = (time.perf_counter() - began) * 1000
    persons = [each.person for each in found]
    likely = [each.person for each in found if each.band == Band.LIKELY]
    false = bool({*likely} - {question.true})
    return Answered(persons[:1] == [question.true], question.true in persons[:10], false, len(likely), took)


def line(dataset: str, answered: Sequence[Answered], present: int) -> dict[str, Any]:
    """Shares of the questions. `likely_false`: of how many somebody else was called likely."""
    return {
        "dataset": dataset,
        "n": len(answered),
        "recall_at_1": _share(each.first for each in answered),
        "recall_at_10": _share(each.among_ten for each in answered),
        "likely_false": _share(each.likely_false for each in answered),
        "likely_median": median(each.likely for each in answered),
        "median_ms": round(median(each.milliseconds for each in answered), 1),
        "p95_ms": p95(each.milliseconds for each in answered),
        "persons_present": present,
    }


def _share(answers: Iterable[bool]) -> float:
    told = list(answers)
    return round(sum(told) / len(told), 4)


def measure(*, persons: int, each: int, tuning: bool) -> Iterator[dict[str, Any]]:
    """A line for FEBRL4, for the generated set, and for each origin in it, with so many persons present.

    `each`: how many are asked about for each origin, of the names that tuning has not seen unless `tuning`.
    Raises NotInstalled where FEBRL4 is not there.
    """
    pairs = list(imagining.pairs(ASKED, 0 if tuning else 1, each))
    first, again = febrl.originals(), febrl.duplicates()
    known = [person for _origin, person, _again in pairs] + list(first.values())
    with database_of_persons(chain(known, _crowd(persons - len(known)))) as ids:
        questions = [
            *(Question("generated", told[0], told[2], pk) for told, pk in zip(pairs, ids, strict=False)),
            *(Question("febrl4", "", again[key], pk) for key, pk in zip(first, ids[len(pairs) :], strict=False)),
        ]
        yield from _lines(questions, max(persons, len(known)))


def _crowd(count: int) -> Iterable[Told]:
    alike = max(count, 0) // LIKE_FEBRL
    return chain(febrl.crowd(CROWD, alike), imagining.crowd(CROWD, max(count, 0) - alike))


def _lines(questions: Sequence[Question], present: int) -> Iterator[dict[str, Any]]:
    answered: dict[str, list[Answered]] = {}
    counted: list[float] = []
    selected: list[float] = []
    for number, each in enumerate(questions):
        if number % 10 == 0:
            counted.append(counting())
            selected.append(selecting())
        answer = ask(each)
        answered.setdefault(each.dataset, []).append(answer)
        if each.origin:
            answered.setdefault(f"{each.dataset}:{each.origin}", []).append(answer)
    for name in sorted(answered):
        yield line(name, answered[name], present)
    yield {
        "dataset": "yardstick",
        "n": len(counted),
        "counting_least_ms": round(min(counted), 1),
        "counting_median_ms": round(median(counted), 1),
        "counting_p95_ms": p95(counted),
        "select_1_p95_ms": p95(selected),
    }


def counting() -> float:
    """Milliseconds in which this machine counts to 300,000: the same work each time, so that it says how busy it is."""
    began, total = time.perf_counter(), 0
    for number in range(300_000):
        total += number
    return (time.perf_counter() - began) * 1000


def selecting() -> float:
    """Milliseconds in which PostgreSQL answers that 1 is 1."""
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchall()
    return (time.perf_counter() - began) * 1000


def p95(took: Iterable[float]) -> float:
    """Of twenty as many as nineteen took less, in milliseconds."""
    in_order = sorted(took)
    return round(in_order[int(len(in_order) * 0.95)], 1)
