"""A plugin for pytest: the tests run once, then each check is taken away and those run again that it concerned.

    python -m pytest -s -p tests.house.mutating tests/referrals

A test concerns a check that said no in it, or that narrowed what was looked for. It notices that the check is gone when
it passes with it and fails without. What nobody noticed is written to the file that MUTATION_REPORT names;
MUTATION_ONLY names the files whose checks are taken away, by how their paths begin. The run itself fails only where it
cannot tell: where a test fails with all checks in place.
"""

import json
import os
import time
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.house.mutants import Cut, Mutant, mutants, rewritten
from tests.house.watching import Watch

# Tests that stand for themselves on the machine: what they would notice, others notice sooner.
TOO_SLOW = {"own_database", "standing", "page", "context"}


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
        """Those whom a check concerns, the quickest first."""
        return sorted(self.watch.tests[mutant], key=lambda item: self.took[item])

    def take_away(self) -> None:
        """Each check in turn, those together that tests of one module notice."""
        firsts = {mutant: str(next(iter(self.concerned(mutant)), "")) for mutant in self.watch.mutants}
        for mutant in sorted(self.watch.mutants, key=lambda each: firsts[each]):
            for item in self.concerned(mutant):
                if self.passes_as_it_is(item) and not self._passes_without(mutant, item):
                    self.noticed[mutant] = item
                    break
        self.tidy()

    def _passes_without(self, mutant: Mutant, item: pytest.Item) -> bool:
        with rewritten(mutant.path, Cut([mutant])):
            return self.passes(item)

    @property
    def survivors(self) -> list[Mutant]:
        """The checks of which nobody noticed that they were gone."""
        return [each for each in self.watch.mutants if each not in self.noticed]


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of running the tests once."""
    only = tuple(os.environ.get("MUTATION_ONLY", "").split()) or ("",)
    run = Run(session, [each for each in mutants() if each.path.startswith(only)])
    began = time.monotonic()
    run.look()
    session.config.get_terminal_writer().line(f"{len(run.items)} tests in {time.monotonic() - began:.0f} s")
    run.take_away()
    session._setupstate.teardown_exact(None)
    report(session, run, seconds=time.monotonic() - began)
    session.testsfailed = len(run.failed)
    return True


def report(session: pytest.Session, run: Run, *, seconds: float) -> None:
    """Say what came of it, to whoever waits and in the file."""
    write = session.config.get_terminal_writer().line
    for mutant, item in run.noticed.items():
        write(f"noticed {mutant} by {item.nodeid}")
    for mutant in run.survivors:
        write(f"SURVIVES {mutant} ({mutant.kind}; concerns {len(run.watch.tests[mutant])})")
    for item in dict.fromkeys(run.failed):
        write(f"FAILS with all checks in place: {item.nodeid}")
    write(f"{len(run.noticed)} noticed, {len(run.survivors)} survive, {seconds:.0f} s")
    if path := os.environ.get("MUTATION_REPORT"):
        told = {"noticed": [str(each) for each in run.noticed], "survive": [str(each) for each in run.survivors]}
        Path(path).write_text(json.dumps(told))
