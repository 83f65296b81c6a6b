"""Reads of the documents room. Whether the reader may read the referral, the room above has asked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from django.db.models import QuerySet

from documents.models import Document, StoredFile, Upload
from documents.sealed_files import open_file
from documents.states import FileState
from documents.storage import read

# A working scanner takes seconds. After so long, pages say that it does not answer.
SLOW = timedelta(minutes=2)


def uploads_of(draft_id: UUID) -> list[Upload]:
    """The files of a draft in the order they came. One query."""
    return list(Upload.objects.filter(draft=draft_id).order_by("added_at", "pk"))


def standing_documents() -> QuerySet[Document]:
    """Documents that were not taken away, with their person at hand: what a page may show of any."""
    found: QuerySet[Document] = Document.objects.exclude(state=FileState.TAKEN_AWAY).select_related("person")
    return found


def documents_of(referral_id: UUID) -> list[Document]:
    """The files of a referral in the order they came, without those that were taken away. One query."""
    found = standing_documents().filter(referral=referral_id)
    return list(found.order_by("added_at", "pk"))


def waits_long(files: list[Document], *, now: datetime) -> bool:
    """Whether one of them has waited for the scanner for longer than a working scanner takes."""
    return any(file.state == FileState.CHECKING and file.added_at < now - SLOW for file in files)


def file_to_check(file_id: UUID, *, lock: bool = False) -> StoredFile | None:
    """The upload or document that still waits to be checked; None where it is gone or was judged."""
    for model in (Upload, Document):
        found = model.objects.filter(pk=file_id)
        file: StoredFile | None = (found.select_for_update(of=("self",)) if lock else found).first()
        if file is not None:
            return file if file.state == FileState.CHECKING else None
    return None


def opened(file: Upload | Document) -> Iterator[bytes]:
    """The file's bytes, chunk by chunk; the first is opened at once, so that what is lost or changed is known at once.

    Raises FileNotFoundError, InvalidTag, KeyDestroyed.
    """
    pieces = _pieces(file)
    return chain([next(pieces)], pieces)


def _pieces(file: Upload | Document) -> Iterator[bytes]:
    with read(file.pk) as sealed:
        yield from open_file(sealed, key=bytes.fromhex(file.key), file_id=file.pk)
