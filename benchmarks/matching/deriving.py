"""What the weights are made of: how often a finding is of one human being (m), and of two (u), in the tuning half."""

from collections import Counter
from collections.abc import Iterable, Iterator
from math import log2
from random import Random
from typing import Any

from benchmarks.matching import febrl, imagining
from benchmarks.matching.house import described_as
from benchmarks.matching.measuring import ASKED, CROWD
from people.matching.described import Described
from people.matching.evidence import Evidence
from people.matching.remembering import forget
from people.matching.scoring import compare
from people.matching.weights import weights

# A finding that was never met is taken to be met half a time.
NEVER = 0.5


def derive(*, each: int, strangers: int) -> Iterator[dict[str, Any]]:
    """For every finding that was met m, u, their logarithm, and the weight in use; `strangers`: pairs of two humans.

    FEBRL4's even pairs are for tuning; the odd ones have no part in it.
    """
    same = Counter(_findings(_same(each)))
    other = Counter(_findings(_strangers(strangers)))
    for finding, weight in weights().items():
        if not same[finding] and not other[finding]:
            continue
        m, u = _rate(same, finding), _rate(other, finding)
        yield {
            "field": finding.field.value,
            "how": finding.how.value,
            "rare": finding.rare,
            "m": round(m, 5),
            "u": round(u, 6),
            "log2": round(log2(m / u), 1),
            "weight": weight,
        }


def _rate(counted: Counter[Evidence], finding: Evidence) -> float:
    """Of all pairs, how many have the finding."""
    known = sum(count for each, count in counted.items() if each.field == finding.field)
    return max(counted[finding], NEVER) / known


def _findings(pairs: Iterable[tuple[Described, Described]]) -> Iterator[Evidence]:
    for one, other in pairs:
        yield from compare(one, other).evidence
    forget()


def _same(each: int) -> Iterator[tuple[Described, Described]]:
    for _origin, person, again in imagining.pairs(ASKED, 0, each):
        yield described_as(person), described_as(again)
    first, again_told = febrl.originals(), febrl.duplicates()
    for key in first:
        if int(key) % 2 == 0:
            yield described_as(first[key]), described_as(again_told[key])


def _strangers(count: int) -> Iterator[tuple[Described, Described]]:
    rng = Random(CROWD)
    crowd = [described_as(told) for told in imagining.crowd(CROWD, 20_000)]
    for _each in range(count):
        one, other = rng.sample(crowd, 2)
        yield one, other
