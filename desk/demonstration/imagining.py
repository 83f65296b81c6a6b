"""Imagines referrals one after another: the same seed gives the same ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from agencies.areas import Nation
from desk.demonstration import shapes
from desk.demonstration.answering import answers_of
from desk.demonstration.localities import Localities
from desk.demonstration.people import Human, People
from desk.demonstration.rhythm import Rhythm
from desk.demonstration.shapes import CONCERNS, SECTORS, Concern, Sector

STAFF_WAYS = ("telephone", "telephone", "paper", "own_work")


@dataclass(frozen=True)
class Facts:
    """What a made-up referral is about, before anybody writes it down."""

    human: Human
    repeated: bool
    sector: Sector
    concern: Concern
    condition: bool
    immediate: bool
    welsh: bool
    entry: str
    submitted_at: datetime


@dataclass(frozen=True)
class Receipt:
    """What one agency did: when it took receipt and when it assigned, if it did; `officer` is drawn from its staff."""

    acknowledged_at: datetime | None
    assigned_at: datetime | None
    officer: int


@dataclass(frozen=True)
class Imagined:
    """One referral: the facts, the answers somebody gave, and what police and authority then did."""

    facts: Facts
    answers: dict[str, Any]
    receipts: tuple[Receipt, Receipt]


class Imagination:
    """A source of referrals; `seed` decides everything except keys, ids and references."""

    def __init__(self, seed: int, *, localities: Localities, rhythm: Rhythm, until: datetime) -> None:
        self._rng = Random(seed)  # noqa: S311  # repeatable on purpose, protects nothing
        self._people = People(self._rng)
        self._localities, self._rhythm, self._until = localities, rhythm, until

    def referrals(self, count: int) -> Iterator[Imagined]:
        """`count` referrals, oldest first, made one by one as they are asked for."""
        for number in range(count):
            submitted_at = self._rhythm.moment(self._rng, (number + self._rng.random()) / count)
            facts = self._facts(number, min(submitted_at, self._until - timedelta(minutes=5)))
            yield Imagined(facts, answers_of(self._rng, facts), (self._receipt(facts), self._receipt(facts)))

    def _facts(self, number: int, submitted_at: datetime) -> Facts:
        rng, on = self._rng, submitted_at.date()
        sector = SECTORS(rng)
        human = self._people.again(on) if rng.random() < shapes.REPEAT else None
        repeated = human is not None
        if human is None:
            home, band = self._localities.draw(rng, number), shapes.age_band(rng, sector)
            human = self._people.new(number, home=home, band=band, on=on)
        in_wales = human.home.area.nation == Nation.WALES
        return Facts(
            human=human,
            repeated=repeated,
            sector=sector,
            concern=CONCERNS(rng),
            condition=rng.random() < shapes.CONDITION,
            immediate=rng.random() < shapes.IMMEDIATE,
            welsh=in_wales and rng.random() < shapes.IN_WELSH,
            entry=rng.choice(STAFF_WAYS) if rng.random() < shapes.STAFF_ENTRY else "",
            submitted_at=submitted_at,
        )

    def _receipt(self, facts: Facts) -> Receipt:
        """Most are received within two days and assigned soon after; the latest still wait."""
        rng = self._rng
        wait = timedelta(minutes=rng.uniform(4, 25)) if facts.immediate else timedelta(hours=rng.expovariate(1 / 14))
        acknowledged_at = facts.submitted_at + wait
        assigned_at = acknowledged_at + timedelta(hours=rng.expovariate(1 / 10))
        officer, assigned = rng.randrange(1000), rng.random() < 0.85
        if acknowledged_at >= self._until:
            return Receipt(self._until if facts.immediate else None, None, officer)
        return Receipt(acknowledged_at, assigned_at if assigned and assigned_at < self._until else None, officer)
