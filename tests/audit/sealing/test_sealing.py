"""Committed entries get their places, and whoever changes one afterwards is found out."""

import pytest
from django.db import IntegrityError, connection

from audit import tasks
from audit.actions.seal_entries import CountedBack, Occupied, seal_entries
from audit.agents import Agent
from audit.models import Entry, Leaf, Publication, Seal, Subtree
from audit.refusals import Forbidden
from audit.sealing import reading, verifying
from audit.sealing.note import Checkpoint
from audit.sealing.stored import frontier
from audit.sealing.verifying import verify
from tests.audit.sealing.sealed import NOW, looked_often, seal, sealed

pytestmark = pytest.mark.usefixtures("db", "on_record", "sealer")


def test_every_entry_gets_one_place_and_what_came_later_stands_behind(agency):
    sealed(agency, 3)
    assert seal() == 0
    before = Leaf.objects.count()
    sealed(agency, 2)
    assert list(Leaf.objects.order_by("position").values_list("position", flat=True)) == list(range(before + 2))
    assert set(Leaf.objects.values_list("entry", flat=True)) == set(Entry.objects.values_list("id", flat=True))


def test_the_tree_that_is_stored_has_the_root_that_was_signed(agency):
    sealed(agency, 300, 5)
    newest = Seal.objects.latest()
    assert frontier(newest.size).root() == bytes(newest.root)
    report = verify()
    assert report.ok
    assert (report.entries, report.waiting) == (newest.size, 0)


def test_what_waits_for_its_seal_is_no_fault(agency):
    sealed(agency, 3)
    looked_often(times=2, agency=agency, by=Agent.OPERATOR, now=NOW)
    assert (verify().ok, verify().waiting) == (True, 2)


def test_two_sealers_do_not_wait_for_each_other(agency, owner):
    looked_often(times=2, agency=agency, by=Agent.OPERATOR, now=NOW)
    owner.execute("SELECT pg_advisory_lock(hashtextextended('audit:sealer', 0))")
    assert seal() == 0
    owner.rollback()
    owner.execute("SELECT pg_advisory_unlock_all()")
    assert seal() > 0


def test_after_a_restore_into_a_younger_cluster_nothing_is_passed_by_in_silence(agency):
    sealed(agency, 2)
    Seal.objects.create(size=10**9, root=bytes(32), horizon=2**60, checkpoint="", at=NOW)
    with pytest.raises(CountedBack, match=str(2**60)):
        seal()


def test_only_the_sealer_seals():
    with pytest.raises(Forbidden):
        seal_entries(by=Agent.OPERATOR, now=NOW)


def test_no_root_is_made_up_where_leaves_are_missing(agency):
    sealed(agency, 2)
    with pytest.raises(LookupError, match="some are missing"):
        frontier(2**20)


def test_what_stands_in_the_tree_is_called_by_its_place():
    named = [Leaf(position=7), Seal(size=8), Publication(size=9), Subtree(level=1, number=2)]
    assert list(map(str, named)) == ["7", "8", "9", "1/2"]


def test_the_sealer_says_plainly_that_somebody_stands_where_the_tree_is_to_grow(agency):
    sealed(agency, 3)
    Subtree.objects.create(level=1, number=Leaf.objects.count() // 256, hash=bytes(32))
    looked_often(times=300, agency=agency, by=Agent.OPERATOR, now=NOW)
    with pytest.raises(Occupied, match="cannot grow"):
        seal()
    assert "does not reach there" in verify().faults[0].what


@pytest.mark.parametrize("at", ["'infinity'", "'-infinity'", "'12000-01-01'", "'1999-12-31'"])
def test_the_database_takes_no_entry_of_a_time_that_nobody_can_read(agency, at):
    with pytest.raises(IntegrityError, match="entry_at_readable"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (at, kind, verb, actor, object_type, correlation)"
            f" VALUES ({at}, 'viewed', '', gen_random_uuid(), '', gen_random_uuid())"
        )


def test_whoever_waits_for_a_verification_hears_how_far_it_is(agency, monkeypatch):
    sealed(agency, 30)
    monkeypatch.setattr(reading, "BATCH", 10)
    told: list[int] = []
    verify(progress=told.append)
    size = Seal.objects.latest().size
    assert told == [*range(10, size, 10), size]


def test_more_faults_than_anybody_reads_are_counted(agency, monkeypatch):
    sealed(agency, 3)
    monkeypatch.setattr(verifying, "MOST", 0)
    report = verify([Checkpoint("house.example/ledger", 10**6, bytes(32))])
    assert (report.ok, report.faults, report.more) == (False, [], 1)


def test_the_tasks_seal_publish_and_make_months(agency, sealer, tmp_path, monkeypatch):
    for module in ("audit.actions.seal_entries", "audit.tasks"):
        monkeypatch.setattr(f"{module}.AT_MOST", 100)
    sealer.LEDGER_CHECKPOINTS = (tmp_path / "checkpoints").as_uri()
    looked_often(times=120, agency=agency, by=Agent.OPERATOR, now=NOW)
    tasks.seal()
    tasks.publish()
    assert Publication.objects.latest().size == Seal.objects.latest().size == Leaf.objects.count()
    assert tasks.make_ledger_months() >= 0
    assert tasks.make_ledger_months() == 0
