"""A great number of made-up referrals is made in parts, each by itself, so that two processors can share the work."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from agencies.geography import Gazetteer
from agencies.selectors import all_targets
from audit.agents import Agent
from audit.context import recording
from desk.actions.seed_referrals import seed_referrals
from desk.demonstration.collecting import rarely_collecting
from desk.demonstration.imagining import Imagination, Imagined
from desk.demonstration.ready import localities, places_and_agencies
from desk.demonstration.rhythm import Rhythm
from desk.demonstration.rows import House, Rows, rows_of

BATCH = 1000
# Fixed, and not the number of processors: the same seed must imagine the same referrals on every machine.
PARTS = 4


@dataclass(frozen=True)
class Part:
    """One part: how many referrals, of which seed, and what all parts have in common."""

    number: int
    referrals: int
    seed: int
    now: datetime
    correlation: UUID
    staff: dict[UUID, list[UUID]]


@dataclass(frozen=True)
class Done:
    """What a part did: referrals stored, and the seconds that making its first batch up took, without a database."""

    referrals: int
    making: float


def parts_of(count: int) -> list[int]:
    """How many referrals each part makes: one part where starting other processes would cost more than it gives."""
    if count < PARTS * BATCH:
        return [count]
    return [count // PARTS + (number < count % PARTS) for number in range(PARTS)]


def store_part(part: Part) -> Done:
    """Store a part, batch after batch, each in a transaction of its own. Memory holds one batch.

    Raises NotReady: places, agencies or postcodes are missing.
    """
    places, agencies = places_and_agencies(part.now)
    source, house = source_of(part, places), House(places, agencies, part.staff, all_targets())
    made, making = 0, 0.0
    with rarely_collecting():
        while made < part.referrals:
            began = time.perf_counter()
            rows = rows_of(islice(source, BATCH), house)
            making = making or (time.perf_counter() - began) / len(rows.referrals)
            _store(rows, part)
            made += len(rows.referrals)
    return Done(made, making)


def _store(rows: Rows, part: Part) -> None:
    """Store one batch. References are drawn anew where another part stored one of them in the same moment.

    A context for each batch: the opened keys of one are forgotten before the next.
    """
    try:
        with recording(by=Agent.OPERATOR, correlation=part.correlation):
            seed_referrals(rows=rows, by=Agent.OPERATOR, now=part.now)
    except IntegrityError:
        with recording(by=Agent.OPERATOR, correlation=part.correlation):
            seed_referrals(rows=rows, by=Agent.OPERATOR, now=part.now)


def source_of(part: Part, places: Gazetteer) -> Iterator[Imagined]:
    """What a part makes up: a sequence of its own, the same on every machine."""
    imagination = Imagination(
        part.seed * PARTS + part.number,
        localities=localities(places),
        rhythm=Rhythm(timezone.localdate(part.now)),
        until=part.now,
    )
    return imagination.referrals(part.referrals)
