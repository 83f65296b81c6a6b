"""What the rows by which persons are found cost a submission and the seed: with and without them, in turns.

Run as `python manage.py shell < benchmarks/matching/storing.py`. It takes a database of its own and drops it.
"""

import os
import time
from collections.abc import Callable
from statistics import median
from unittest.mock import patch
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from benchmarks.matching.house import database_of_persons
from desk.actions.staff_agencies import staff_agencies
from desk.demonstration.parts import Part, store_part
from people.models import SearchRow
from tests.making import TEACHER, submitted

SUBMISSIONS, SEEDED, TURNS = 40, 1000, 3
TOLD = {
    **TEACHER,
    "person_phone": "07700 900123",
    "address": "17 Bramley Street",
    "study_or_work": "Hollybrook Academy",
}


def nothing(*args: object, **named: object) -> list[SearchRow]:
    """Instead of making rows, and of reading answers for them."""
    return []


def submit() -> float:
    """Milliseconds for one referral sent through the front door, the middle one of many."""
    took = []
    for _each in range(SUBMISSIONS):
        began = time.perf_counter()
        submitted(TOLD)
        took.append((time.perf_counter() - began) * 1000)
    return median(took)


def seed() -> float:
    """Milliseconds for a referral of a batch."""
    began = time.perf_counter()
    store_part(Part(int(began) % 99991, SEEDED, 1, timezone.now(), uuid4(), staff))
    return (time.perf_counter() - began) * 1000 / SEEDED


def in_turns(work: Callable[[], float]) -> str:
    """The middle of the turns with the rows, without them, and how many times as much the first is."""
    taken: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * TURNS):
        kept = turn % 2 == 0
        with recording(by=Agent.REFERRER, correlation=uuid4()):
            if kept:
                taken[True].append(work())
            else:
                with (
                    patch("people.actions.create_person.search_rows", nothing),
                    patch("referrals.actions.submit_referral.aside_of", nothing),
                    patch("desk.actions.seed_referrals.search_rows", nothing),
                    patch("desk.demonstration.rows.aside_of", nothing),
                ):
                    taken[False].append(work())
    one, other = median(taken[True]), median(taken[False])
    return f"{one:.2f} ms with, {other:.2f} ms without: {one / other:.3f} times"


settings.PRODUCTION = False
with database_of_persons([]):
    with recording(by=Agent.OPERATOR, correlation=uuid4()):
        staff = staff_agencies(by=Agent.OPERATOR, now=timezone.now())
    print("load", os.getloadavg()[0])
    print("submission", in_turns(submit))
    print("seed", in_turns(seed))
    print("rows", SearchRow.objects.count())
