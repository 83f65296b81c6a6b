"""Checkpoints reach the second place, and one that contradicts another is not passed over."""

from datetime import timedelta

import pytest

from audit.actions.publish_checkpoint import publish_checkpoint
from audit.agents import Agent
from audit.models import Publication, Seal
from audit.sealing.places import Contradicted, published
from tests.audit.sealing.sealed import NOW, sealed

pytestmark = pytest.mark.usefixtures("db", "on_record", "sealer")


@pytest.fixture(autouse=True)
def folder(tmp_path, sealer):
    sealer.LEDGER_CHECKPOINTS = (tmp_path / "checkpoints").as_uri()
    return tmp_path / "checkpoints"


def publish(after=timedelta(0)):
    return publish_checkpoint(by=Agent.SEALER, now=NOW + after)


def test_the_newest_is_published_once(agency):
    assert publish() is None
    sealed(agency, 3, 3)
    assert publish() == Seal.objects.latest()
    assert list(published()) == [Seal.objects.latest().checkpoint]
    assert publish(timedelta(days=1)) is None
    assert Publication.objects.count() == 1


def test_no_more_are_sent_than_the_place_can_keep(agency):
    sealed(agency, 3)
    publish()
    sealed(agency, 3)
    assert publish(timedelta(seconds=5)) is None
    assert publish(timedelta(minutes=2)) == Seal.objects.latest()
    assert len(list(published())) == 2


def test_where_another_of_the_same_size_lies_nothing_is_published(agency, folder):
    sealed(agency, 3)
    folder.mkdir()
    (folder / f"{Seal.objects.latest().size:016d}.note").write_text("another")
    with pytest.raises(Contradicted):
        publish()
    assert not Publication.objects.exists()
