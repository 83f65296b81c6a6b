"""A plugin for pytest: the tests run once, then each check is taken away and those run again that it concerned.

    python -m pytest -s -p tests.house.mutating tests/referrals

A test concerns a check that said no in it, or that narrowed what was looked for. It notices that the check is gone when
it passes with it and fails without. What nobody noticed is written to the file that MUTATION_REPORT names;
MUTATION_ONLY names the files whose checks are taken away, by how their paths begin, MUTATION_AGAIN a report: what
survived there is taken away again, nothing else. The run itself fails only where it cannot tell: where a test fails
with all checks in place.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from operator import itemgetter
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.house.mutants import Cut, Mutant, mutants, rewritten
from tests.house.watching import Watch

# Tests that stand for themselves on the machine: what they would notice, others notice sooner.
TOO_SLOW = {"own_database", "standing", "page", "context"}

# A module's rows are one transaction, in which PostgreSQL becomes slow. In seconds.
LONG = 60.0
# For one check, in seconds, half of it for tests that need no house: what narrows a list concerns hundreds.
PATIENCE = float(os.environ.get("MUTATION_PATIENCE", "240"))


class Run:
    """The tests that were collected, against the house without each of its checks."""

    def __init__(self, session: pytest.Session, wanted: list[Mutant]) -> None:
        self.session = session
        self.items = [item for item in session.items if not TOO_SLOW & set(getattr(item, "fixturenames", ()))]
        self.watch = Watch(wanted)
        self.took: dict[pytest.Item, float] = {}
        self.failed: list[pytest.Item] = []
        self.noticed: dict[Mutant, pytest.Item] = {}

    def passes(self, item: pytest.Item) -> bool:
        """Whether a test passes now. What its module has set up stays until another module's turn."""
        module = item.parent
        assert module
        self.session._setupstate.teardown_exact(module)  # type: ignore[arg-type]
        reports = runtestprotocol(item, log=False, nextitem=module)  # type: ignore[arg-type]
        self.took[item] = sum(report.duration for report in reports if report.when == "call")
        return not any(report.failed for report in reports)

    def passes_as_it_is(self, item: pytest.Item) -> bool:
        """The same with all checks in place: what a test that failed has left to its module is made anew."""
        if self.passes(item):
            return True
        self.tidy()
        if not self.passes(item):
            self.failed.append(item)
        return item not in self.failed

    def tidy(self) -> None:
        """Let go of what modules have set up."""
        self.session._setupstate.teardown_exact(self.session)  # type: ignore[arg-type]

    def look(self) -> None:
        """Run everything with the checks in place, and see whom they concern."""
        with self.watch():
            for item in self.items:
                self.watch.test = item
                self.passes_as_it_is(item)
        self.tidy()

    def concerned(self, mutant: Mutant) -> list[pytest.Item]:
        """Those whom a check concerns: from each module in turn one whom few checks concern; last whole houses."""
        items = sorted(self.watch.tests[mutant], key=lambda item: (self.how_many[item], self.took[item]))
        turns = Counter[object]()
        ranked = []
        for item in items:
            turns[item.parent] += 1
            ranked.append((in_a_house(item), turns[item.parent], item))
        return [item for _house, _turn, item in sorted(ranked, key=itemgetter(0, 1))]

    @cached_property
    def how_many(self) -> Counter[pytest.Item]:
        """How many checks concern each test."""
        return Counter(item for tests in self.watch.tests.values() for item in tests)

    def take_away(self) -> None:
        """Each check in turn, those together that tests of one module notice."""
        firsts = {mutant: str(next(iter(self.concerned(mutant)), "")) for mutant in self.watch.mutants}
        tidied = time.monotonic()
        for mutant in sorted(self.watch.mutants, key=lambda each: firsts[each]):
            if item := self.noticed_by(mutant):
                self.noticed[mutant] = item
            self.tell(f"noticed {mutant} by {item.nodeid}" if item else f"SURVIVES {mutant} ({mutant.kind})")
            if time.monotonic() - tidied > LONG:
                self.tidy()
                tidied = time.monotonic()
        self.tidy()

    def noticed_by(self, mutant: Mutant) -> pytest.Item | None:
        """The first test that fails without a check, and passes with it; None when nobody does."""
        began = time.monotonic()
        for item in self.concerned(mutant):
            took = time.monotonic() - began
            if took > PATIENCE:
                break
            if took > PATIENCE / 2 and not in_a_house(item):
                continue
            if not self._passes_without(mutant, item) and self.passes_as_it_is(item):
                return item
        return None

    def tell(self, line: str) -> None:
        """Say it to whoever waits."""
        self.session.config.get_terminal_writer().line(line)

    def _passes_without(self, mutant: Mutant, item: pytest.Item) -> bool:
        with rewritten(mutant.path, Cut([mutant])):
            return self.passes(item)

    @property
    def survivors(self) -> list[Mutant]:
        """The checks of which nobody noticed that they were gone."""
        return [each for each in self.watch.mutants if each not in self.noticed]


def in_a_house(item: pytest.Item) -> bool:
    """Whether a test needs everybody and everything, which take long to make."""
    return "house" in getattr(item, "fixturenames", ())


def wanted() -> Iterator[Mutant]:
    """The checks that are taken away."""
    only = tuple(os.environ.get("MUTATION_ONLY", "").split()) or ("",)
    again = os.environ.get("MUTATION_AGAIN")
    survived = json.loads(Path(again).read_text())["survive"] if again else None
    for each in mutants():
        if each.path.startswith(only) and (survived is None or str(each) in survived):
            yield each


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of running the tests once."""
    run = Run(session, list(wanted()))
    began = time.monotonic()
    run.look()
    run.tell(f"{len(run.items)} tests in {time.monotonic() - began:.0f} s")
    run.take_away()
    session._setupstate.teardown_exact(None)
    report(run, seconds=time.monotonic() - began)
    session.testsfailed = len(run.failed)
    return True


def report(run: Run, *, seconds: float) -> None:
    """Say what came of it, to whoever waits and in the file."""
    for item in dict.fromkeys(run.failed):
        run.tell(f"FAILS with all checks in place: {item.nodeid}")
    run.tell(f"{len(run.noticed)} noticed, {len(run.survivors)} survive, {seconds:.0f} s")
    if path := os.environ.get("MUTATION_REPORT"):
        told = {"noticed": [str(each) for each in run.noticed], "survive": [str(each) for each in run.survivors]}
        Path(path).write_text(json.dumps(told))
