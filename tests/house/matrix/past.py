"""Rows as actions leave them, for what happened before the tests look."""

from collections.abc import Callable
from functools import partial
from typing import Any

from agencies.models import User
from audit.agents import Agent
from audit.events import Event, happened
from audit.models import Recorded
from tests.audit.acts import within
from tests.house.matrix.records import NOW


class Past:
    """Rows as actions leave them, with the events that tell of them, stored at once."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.steps: list[Callable[[], Any]] = []

    def had(self, row: Recorded, *events: Event, about: Recorded | None = None, **ids: Any) -> None:
        """One more row."""
        self.steps.append(partial(row.save, force_insert=True))
        self.steps += [partial(happened, event, about or row, by=self.by, now=NOW, **ids) for event in events]

    def store(self) -> None:
        """Store them all."""
        within(do=lambda: [step() for step in self.steps], by=Agent.OPERATOR, now=NOW)
