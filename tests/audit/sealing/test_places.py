"""A checkpoint lies in a second place: whole, under its size, and never in the place of another."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from audit.sealing import places
from audit.sealing.keys import signer
from audit.sealing.note import Checkpoint
from audit.sealing.places import (
    Contradicted,
    NotPublished,
    publish,
    published,
    published_from,
    readable,
    waits,
)
from config.settings.documents import in_bucket
from tests.agencies.post import post_office
from tests.at_once import at_once
from tests.audit.sealing.trees import ROOTS
from tests.bucket import NAME, bucket

__all__ = ["bucket"]

NOW = datetime(2031, 3, 4, 10, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def note(size, root=ROOTS[1]):
    made = signer()
    return made.sign(Checkpoint(made.name, size, root))


@pytest.fixture
def folder(settings, tmp_path):
    """A folder whose name has to be quoted."""
    path = tmp_path / "the auditor's 100 %"
    settings.LEDGER_CHECKPOINTS = path.as_uri()
    return path


@pytest.fixture
def kept(bucket, settings):
    """A bucket as a deployment names it."""
    settings.STORAGES = {**settings.STORAGES, "checkpoints": in_bucket(NAME, of="LEDGER", folder="ours")}
    settings.LEDGER_CHECKPOINTS = f"s3://{NAME}/ours"
    return bucket


@pytest.fixture(params=["folder", "kept"])
def somewhere(request):
    """Any place that can be read."""
    return request.getfixturevalue(request.param)


def test_checkpoints_are_read_back_in_the_order_of_their_sizes(somewhere):
    assert list(published()) == []
    notes = [note(size) for size in (9, 1_000_000, 10, 999)]
    for each, size in zip(notes, (9, 1_000_000, 10, 999), strict=True):
        publish(each, size)
    assert list(published()) == [notes[0], notes[2], notes[3], notes[1]]
    assert readable()


def test_checkpoints_are_read_from_a_size_on(somewhere):
    assert list(published_from(0)) == []
    for size in (9, 1_000_000, 10, 999):
        publish(note(size), size)
    assert list(published_from(0)) == [(size, note(size)) for size in (9, 10, 999, 1_000_000)]
    assert list(published_from(10)) == [(size, note(size)) for size in (10, 999, 1_000_000)]
    assert list(published_from(1_000_001)) == []


def test_a_checkpoint_that_lies_there_already_is_as_good(somewhere):
    publish(note(5), 5)
    publish(note(5), 5)
    assert list(published()) == [note(5)]


def test_a_checkpoint_is_never_put_in_the_place_of_another(somewhere):
    publish(note(5), 5)
    with pytest.raises(Contradicted, match="was changed"):
        publish(note(5, ROOTS[2]), 5)
    assert list(published()) == [note(5)]


def test_names_sort_by_size_and_nothing_else_is_left(folder):
    publish(note(1234), 1234)
    (path,) = folder.iterdir()
    assert path.name == "0000000000001234.note"
    assert path.read_text() == note(1234)
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_objects_lie_under_the_prefix_that_is_named(kept):
    publish(note(1234), 1234)
    assert kept.objects() == {"ours/0000000000001234.note"}


def test_many_objects_are_read_beside_each_other_and_told_the_shortest_first(kept, monkeypatch):
    monkeypatch.setattr(places, "BATCH", 5)
    sizes = [3, 7, 8, 20, 21, 22, 23, 100, 101, 102, 110, 1234]
    for size in reversed(sizes):
        publish(note(size), size)
    assert list(published()) == [note(size) for size in sizes]
    assert list(published_from(20)) == [(size, note(size)) for size in sizes if size >= 20]


def test_what_else_lies_in_a_folder_is_no_checkpoint_and_what_is_spoilt_is_still_shown(folder):
    publish(note(5), 5)
    (folder / "README").write_text("keep out")
    (folder / "tmp123.draft").write_text("half")
    (folder / "0000000000000006.note").write_bytes(b"\xff\r\n")
    assert list(published()) == [note(5), "\ufffd\r\n"]


def test_two_at_once_leave_one_checkpoint_and_no_draft(folder):
    either = [note(5), note(5, ROOTS[2])]
    results = at_once(*[lambda: publish(either[0], 5), lambda: publish(either[1], 5)] * 4)
    assert sum(each is None for each in results) == sum(isinstance(each, Contradicted) for each in results) == 4
    assert len(list(folder.iterdir())) == 1


def test_a_disk_that_is_not_mounted_is_no_second_place(settings, tmp_path):
    settings.LEDGER_CHECKPOINTS = (tmp_path / "mount" / "checkpoints").as_uri()
    with pytest.raises(FileNotFoundError):
        publish(note(5), 5)
    with pytest.raises(FileNotFoundError):
        list(published())
    with pytest.raises(FileNotFoundError):
        list(published_from(0))
    assert not (tmp_path / "mount").exists()


def test_a_bucket_that_is_away_is_a_fault_without_any_secret(kept, monkeypatch):
    kept.process.kill()
    kept.process.wait()
    for act in (lambda: publish(note(5), 5), lambda: list(published()), lambda: list(published_from(5))):
        with pytest.raises(NotPublished) as fault:
            act()
        assert str(fault.value) == "EndpointConnectionError"


def test_a_mailbox_is_sent_the_note_as_a_file(settings):
    settings.LEDGER_CHECKPOINTS = "mailto:auditor@prevent.example"
    with post_office() as office:
        publish(note(5), 5)
        office.answer = "550 No"
        with pytest.raises(OSError, match="550"):
            publish(note(6), 6)
    (letter,) = office.letters
    assert office.recipients == ["auditor@prevent.example"]
    assert letter["Subject"] == f"Checkpoint of {settings.LEDGER_ORIGIN}: 5 entries"
    (file,) = letter.iter_attachments()
    assert file.get_filename() == "0000000000000005.note"
    assert file.get_payload(decode=True) == note(5).encode()
    assert list(published()) == [] and list(published_from(0)) == [] and not readable()


@pytest.mark.parametrize(
    ("place", "pause"),
    [("file:///anywhere", MINUTE), ("mailto:auditor@prevent.example", HOUR), ("", timedelta(0))],
)
def test_no_place_gets_more_than_anybody_can_keep(place, pause, settings):
    settings.LEDGER_CHECKPOINTS = place
    assert not waits(None, NOW)
    assert not waits(NOW - pause, NOW)
    assert not waits(NOW + timedelta(days=365), NOW)
    assert waits(NOW - pause + timedelta(seconds=1), NOW) == bool(place)


def test_without_a_second_place_nothing_is_published(settings):
    settings.LEDGER_CHECKPOINTS = ""
    with pytest.raises(NotPublished, match="LEDGER_CHECKPOINTS is not set"):
        publish(note(5), 5)
    assert list(published()) == [] and not readable()


@pytest.mark.parametrize(
    "named",
    [
        "/folder",
        "folder",
        "file:",
        "file:///",
        "file://host/folder",
        "s3://",
        "s3:///prefix",
        "mailto:",
        "mailto:nobody",
        "mailto:a@b@c",
        "https://prevent.example/",
    ],
)
def test_what_is_no_place_is_refused(named, settings):
    settings.LEDGER_CHECKPOINTS = named
    with pytest.raises(ImproperlyConfigured, match="LEDGER_CHECKPOINTS must be"):
        publish(note(5), 5)


def test_tests_publish_to_a_folder_of_their_own(settings):
    assert Path(settings.DOCUMENTS_FOLDER).name in settings.LEDGER_CHECKPOINTS
