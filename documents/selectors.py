"""Reads of the documents room. Whether the reader may read the referral, the room above has asked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from django.db.models import Func, IntegerField, QuerySet, Sum
from django.db.models.functions import Coalesce

from agencies.models import User
from agencies.signin.sessions import stands
from documents.exporting import kind_of
from documents.models import Document, Export, ExportPiece, StoredFile, Upload
from documents.permissions import can_export
from documents.sealed_files import open_file
from documents.states import STANDING, ExportState, FileState
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
    pieces = _unsealed(file.pk, file.key)
    return chain([next(pieces)], pieces)


def _unsealed(file_id: UUID, key: str) -> Iterator[bytes]:
    with read(file_id) as sealed:
        yield from open_file(sealed, key=bytes.fromhex(key), file_id=file_id)


def exports_of(user: User) -> QuerySet[Export]:
    """Somebody's own exports, newest first, with how many lines are written: nobody sees those of others."""
    written = Sum(Func("pieces__about", function="cardinality", output_field=IntegerField()))
    found: QuerySet[Export] = Export.objects.filter(asked_by=user).select_related("agency")
    return found.annotate(written=Coalesce("count", written, 0)).order_by("-asked_at", "pk")


def pieces_of(export: Export) -> list[ExportPiece]:
    """The pieces that are written, in order. One query."""
    return list(ExportPiece.objects.filter(export=export, file__isnull=False).order_by("number"))


def read_export(export: Export) -> Iterator[bytes]:
    """The file of an export; the first piece is opened at once. Raises FileNotFoundError, InvalidTag, KeyDestroyed."""
    pieces = chain.from_iterable(
        _unsealed(piece.file, piece.key) for piece in pieces_of(export) if piece.file is not None
    )
    return chain([next(pieces)], pieces)


def may_export(export: Export, reader: User) -> bool:
    """Whether the reader, as they are known now, may have this list of this agency."""
    return can_export(reader, export.agency, kind_of(export.kind).needed)


def goes_on(export: Export, reader: User, *, session: UUID | str) -> bool:
    """Whether they may have it and their session goes on: asked before each piece, and while a file is sent."""
    return may_export(export, reader) and stands(session, of=reader.pk)


def still_downloads(export_id: UUID, reader_id: UUID, *, session: str) -> bool:
    """Whether the file that is being sent may go on, as everything stands at this moment."""
    export = Export.objects.select_related("agency").filter(pk=export_id, state=ExportState.READY).first()
    reader = User.objects.filter(pk=reader_id).first()
    if export is None or reader is None or not goes_on(export, reader, session=session):
        return False
    return tells_of_nothing_hidden(export, reader)


def tells_of_nothing_hidden(export: Export, reader: User) -> bool:
    """Whether the reader may still read every record of which the file tells. Two queries and those of the list."""
    told = {pk for piece in pieces_of(export) for pk in piece.about}
    kind = kind_of(export.kind)
    readable = kind.rows(reader, export.agency, {}).filter(**{f"{kind.about}__in": told})
    return told <= set(map(str, readable.values_list(kind.about, flat=True)))


def exports_to_close(now: datetime) -> list[tuple[UUID, ExportState]]:
    """Exports that no piece will make whole any more, and those whose time is up, with the state that says so."""
    standing = Export.objects.filter(state__in=STANDING)
    failed = standing.filter(state=ExportState.RUNNING, pieces__dead__isnull=False)
    expired = standing.filter(expires_at__lte=now)
    return [
        *((pk, ExportState.FAILED) for pk in failed.values_list("pk", flat=True)),
        *((pk, ExportState.EXPIRED) for pk in expired.values_list("pk", flat=True)),
    ]
