"""Nothing that was committed goes without its seal: through writers out of order, rolled back, killed, and cut off."""

import base64
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from threading import Event, Thread

import psycopg
import pytest
from django.db import connections
from django.utils import timezone

from audit.actions.seal_entries import seal_entries
from audit.agents import Agent
from audit.context import recording
from audit.models import Entry, Leaf, Seal
from audit.sealing.keys import verifiers
from audit.sealing.note import open_checkpoint
from audit.sealing.proving import prove_growth
from audit.sealing.tree import check_consistency
from audit.sealing.verifying import Fault, verify
from config.environment import CLONE
from tests.database import OwnDatabase, address
from tests.processes import until

pytestmark = pytest.mark.fault
PROCESSES = 4
THEIRS = "FROM pg_stat_activity WHERE datname = %s AND application_name = 'writers'"


class Writers:
    """Four processes of eight writers each, who write until they are killed."""

    def __init__(self, own_database: OwnDatabase) -> None:
        self.database = own_database
        self.running = [self._start() for _ in range(PROCESSES)]
        self.owner = psycopg.connect(address(os.environ["MIGRATION_DATABASE_URL"], own_database.name), autocommit=True)

    def _start(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.audit.sealing.writers"]
        return subprocess.Popen(command, cwd=CLONE, env=self.database.environment | {"PROCESS": "writers"})

    def kill_one(self) -> None:
        """A process is killed at whatever it does, and another takes its place."""
        number = random.randrange(PROCESSES)
        self.running[number].kill()
        self.running[number].wait()
        self.running[number] = self._start()

    def kill_all(self) -> None:
        """All are killed, whatever they do."""
        for process in self.running:
            process.kill()
            process.wait()

    def left_behind(self) -> int:
        """How many connections the database still has of those who write."""
        row = self.owner.execute(f"SELECT count(*) {THEIRS}", [self.database.name]).fetchone()
        return int(row[0]) if row else 0

    def cut_one_off(self) -> None:
        """The database ends somebody's connection in the middle of a transaction."""
        self.owner.execute(
            f"SELECT pg_terminate_backend(pid) {THEIRS} AND xact_start IS NOT NULL LIMIT 1", [self.database.name]
        )


@contextmanager
def writing(own_database: OwnDatabase) -> Iterator[Writers]:
    """They write while the block runs, and none is left behind."""
    writers = Writers(own_database)
    try:
        yield writers
    finally:
        writers.kill_all()
        writers.owner.close()


def seal() -> int:
    return seal_entries(by=Agent.SEALER, now=timezone.now())


@contextmanager
def verifying() -> Iterator[list[Fault]]:
    """Somebody verifies again and again while the block runs; all faults that were found."""
    found: list[Fault] = []
    over = Event()

    def work() -> None:
        try:
            while not over.is_set():
                found.extend(verify().faults)
        finally:
            connections.close_all()

    thread = Thread(target=work)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join()


def everything_is_sealed(own_database: OwnDatabase, count: int) -> None:
    with recording(by=Agent.SEALER):
        sealed = seal()
        with writing(own_database) as writers, verifying() as alarms:
            trouble = time.monotonic() + 5
            while sealed < count:
                sealed += seal()
                if time.monotonic() > trouble:
                    random.choice([writers.kill_one, writers.cut_one_off])()
                    trouble = time.monotonic() + random.uniform(1, 5)
            writers.kill_all()
            until(lambda: writers.left_behind() == 0, "the database has ended what the killed had begun")
            while seal():
                pass
        report = verify()
    assert (alarms, report.faults, report.waiting) == ([], [], 0)
    assert report.entries == Entry.objects.count() == Leaf.objects.count() >= count
    assert Leaf.objects.latest("position").position == report.entries - 1
    grown()


def grown() -> None:
    """Each checkpoint's ledger begins with that of the one before."""
    seals = [open_checkpoint(seal.checkpoint, verifiers()) for seal in Seal.objects.order_by("size")]
    for old, new in pairwise(seals[:50]):
        path = prove_growth(old.size, new.size)["path"]
        assert check_consistency(old.size, old.root, new.size, new.root, [base64.b64decode(each) for each in path])


def test_twenty_thousand_entries_of_32_writers_are_sealed_without_a_gap_or_a_false_alarm(own_database):
    everything_is_sealed(own_database, 20_000)


@pytest.mark.full
def test_a_million_entries_of_32_writers_are_sealed_without_a_gap_or_a_false_alarm(own_database):
    everything_is_sealed(own_database, 1_000_000)


def test_a_transaction_that_stays_open_keeps_no_other_waiting_and_is_sealed_when_it_commits(own_database):
    app = address(os.environ["DATABASE_URL"], own_database.name)
    insert = (
        "INSERT INTO audit_entry (at, kind, verb, actor, object_type, correlation)"
        " VALUES (now(), 'listed', 'look', gen_random_uuid(), '', gen_random_uuid()) RETURNING id"
    )
    with recording(by=Agent.SEALER), psycopg.connect(app) as slow, psycopg.connect(app, autocommit=True) as quick:
        seal()
        (early,) = slow.execute(insert).fetchone() or ()
        (late,) = quick.execute(insert).fetchone() or ()
        assert seal() == 1
        assert Leaf.objects.latest("position").entry == late
        assert (verify().ok, verify().waiting) == (True, 0)
        for _ in range(3):
            quick.execute(insert)
            assert seal() == 1
        slow.commit()
        assert seal() == 1
        assert Leaf.objects.latest("position").entry == early
        assert verify().ok
