"""Checkpoints reach the second place, and one that contradicts another is not passed over."""

from datetime import timedelta

import pytest

from audit.actions.publish_checkpoint import publish_checkpoint
from audit.agents import Agent
from audit.context import recording
from audit.models import Leaf, Publication, Seal, Subtree
from audit.sealing.agreeing import check_agrees
from audit.sealing.places import Contradicted, published
from tests.audit.sealing.attacks import run
from tests.audit.sealing.sealed import NOW, sealed
from tests.audit.sealing.test_attacks import as_owner

on_record = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture(autouse=True)
def folder(tmp_path, sealer):
    sealer.LEDGER_CHECKPOINTS = (tmp_path / "checkpoints").as_uri()
    return tmp_path / "checkpoints"


def publish(after=timedelta(0)):
    return publish_checkpoint(by=Agent.SEALER, now=NOW + after)


@on_record
def test_the_newest_is_published_once(agency):
    assert publish() is None
    sealed(agency, 3, 3)
    assert publish() == Seal.objects.latest()
    assert list(published()) == [Seal.objects.latest().checkpoint]
    assert publish(timedelta(days=1)) is None
    assert Publication.objects.count() == 1


@on_record
def test_no_more_are_sent_than_the_place_can_keep(agency):
    sealed(agency, 3)
    publish()
    sealed(agency, 3)
    assert publish(timedelta(seconds=5)) is None
    assert publish(timedelta(minutes=2)) == Seal.objects.latest()
    assert len(list(published())) == 2


@on_record
def test_where_another_of_the_same_size_lies_nothing_is_published(agency, folder):
    sealed(agency, 3)
    folder.mkdir()
    (folder / f"{Seal.objects.latest().size:016d}.note").write_text("another")
    with pytest.raises(Contradicted):
        publish()
    assert not Publication.objects.exists()


@on_record
def test_a_publication_dated_ahead_by_a_clock_that_was_wrong_keeps_nothing_waiting(agency):
    sealed(agency, 3)
    publish(timedelta(days=365))
    sealed(agency, 3)
    assert publish(timedelta(minutes=2)) == Seal.objects.latest()
    assert len(list(published())) == 2


@on_record
def test_what_others_lay_beside_ours_keeps_nothing_waiting(agency, folder):
    sealed(agency, 3)
    folder.mkdir()
    for name in ("9.note", "README", "notes of our auditor.note", f"{9:017d}.note"):
        (folder / name).write_text("whatever")
    assert publish() == Seal.objects.latest()


@on_record
def test_what_was_published_and_forgotten_here_is_compared_all_the_same(agency, folder):
    sealed(agency, 3, 3)
    newest, before = Seal.objects.all()[:2]
    folder.mkdir()
    for seal in (newest, before):
        (folder / f"{seal.size:016d}.note").write_text(seal.checkpoint)
    assert publish() == newest


@pytest.fixture
def rolled_back(own_database, sealer, agency):
    """A ledger as it was before its newest seal, which was published: by a backup put in place by its owner."""
    with recording(by=Agent.OPERATOR), as_owner():
        sealed(agency, 40, 300)
        publish()
        newest, before = Seal.objects.all()[:2]
        run("DELETE FROM audit_publication")
        for table in ("audit_payload WHERE entry_id", "audit_entry WHERE id"):
            run(f"DELETE FROM {table} IN (SELECT entry FROM audit_leaf WHERE position >= %s)", before.size)
        run("DELETE FROM audit_leaf WHERE position >= %s", before.size)
        run("DELETE FROM audit_seal WHERE size > %s", before.size)
        run("DELETE FROM audit_subtree WHERE (number + 1) * 256 > %s", before.size)
        yield newest


def test_a_ledger_that_was_rolled_back_does_not_publish_over_its_past(rolled_back, agency):
    for minutes, more in ((2, 7), (4, 600)):
        sealed(agency, more)
        with pytest.raises(Contradicted, match="was cut" if more == 7 else "was changed"):
            publish(timedelta(minutes=minutes))
    assert list(published()) == [rolled_back.checkpoint]


def test_a_ledger_whose_leaves_are_gone_below_what_was_published_publishes_nothing(own_database, sealer, agency):
    with recording(by=Agent.OPERATOR), as_owner():
        sealed(agency, 3)
        publish()
        Leaf.objects.all().delete()
        Subtree.objects.all().delete()
        with pytest.raises(Contradicted, match="some are missing"):
            check_agrees()


@on_record
def test_where_more_was_published_than_is_sealed_the_ledger_was_cut_wherever_checkpoints_go(agency, sealer):
    sealer.LEDGER_CHECKPOINTS = "mailto:auditor@prevent.example"
    sealed(agency, 3)
    Publication.objects.create(size=Seal.objects.latest().size + 1, at=NOW)
    with pytest.raises(Contradicted, match="was cut"):
        publish(timedelta(hours=2))
