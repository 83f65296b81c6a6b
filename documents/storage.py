"""Where sealed files lie: a folder, or S3-compatible storage, by setting. Paths are made of ids alone."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, cast
from uuid import UUID

import structlog
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction

log = structlog.get_logger(__name__)


def store() -> Storage:
    """The storage that the settings name for documents."""
    return storages["documents"]


def path_of(file_id: UUID) -> str:
    """Spread over 256 folders."""
    return f"{file_id.hex[:2]}/{file_id.hex}"


def write(file_id: UUID, sealed: bytes) -> None:
    """Store a sealed file, before the transaction that makes its row. Raises OSError when the place is taken."""
    path = path_of(file_id)
    if store().save(path, File(BytesIO(sealed))) != path:
        raise FileExistsError(path)


def read(file_id: UUID) -> BinaryIO:
    """The sealed file, open. Raises FileNotFoundError."""
    return cast(BinaryIO, store().open(path_of(file_id), "rb"))


def remove_after_commit(file_id: UUID) -> None:
    """Delete the file once the running action has committed; if that fails, the sweep of orphans finds it."""
    transaction.on_commit(lambda: remove(file_id), robust=True)


def remove(file_id: UUID) -> None:
    """Delete the file; one that is gone already is as good."""
    try:
        store().delete(path_of(file_id))
    except Exception as error:  # noqa: BLE001  # whatever the storage met: its key is gone, the sweep tries again
        log.warning("file_not_deleted", id=str(file_id), error=type(error).__name__)


def stored() -> Iterator[list[UUID]]:
    """The ids of all files in the store, a folder at a time. What is not one of ours is passed over."""
    try:
        folders, _files = store().listdir("")
    except FileNotFoundError:
        return
    for folder in sorted(folders):
        names = store().listdir(folder)[1]
        yield [UUID(hex=name) for name in names if len(name) == 32 and not set(name) - set("0123456789abcdef")]


def written(file_id: UUID) -> datetime:
    """When the file was written."""
    return store().get_modified_time(path_of(file_id))
