"""Where sealed files lie: under ids, readable by nobody else, in a folder or a bucket."""

import stat
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from documents import storage
from tests.documents.making import stored_bytes


def test_a_file_is_written_read_listed_and_removed(folder):
    file_id = uuid4()
    storage.write(file_id, b"sealed")
    assert stored_bytes(file_id) == b"sealed"
    assert [file_id] in list(storage.stored())
    assert timezone.now() - storage.written(file_id) < timedelta(minutes=1)
    storage.remove(file_id)
    storage.remove(file_id)
    with pytest.raises(FileNotFoundError):
        storage.read(file_id)


def test_only_the_house_reads_the_folder(folder):
    file_id = uuid4()
    storage.write(file_id, b"sealed")
    path = folder / storage.path_of(file_id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_path_is_made_of_the_id_alone_and_never_written_twice(folder):
    file_id = UUID("0417" + "0" * 28)
    assert storage.path_of(file_id) == f"04/{file_id.hex}"
    storage.write(file_id, b"sealed")
    with pytest.raises(FileExistsError):
        storage.write(file_id, b"other")


def test_what_is_not_ours_in_the_store_is_left_alone(folder):
    assert list(storage.stored()) == []
    (folder / "aa").mkdir(parents=True)
    (folder / "aa" / "README").write_text("x")
    (folder / "aa" / ("z" * 32)).write_text("x")
    assert list(storage.stored()) == [[]]


def test_a_store_that_is_away_breaks_no_deletion(folder, monkeypatch):
    file_id = uuid4()
    storage.write(file_id, b"sealed")
    with monkeypatch.context() as away:
        away.setattr(type(storages["documents"]), "delete", lambda self, name: Path("/nowhere").stat())
        storage.remove(file_id)
    with storage.read(file_id) as left:
        assert left.read() == b"sealed", "the sweep finds it"
