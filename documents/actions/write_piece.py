"""The next lines of an export are written."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings

from agencies.models import User
from audit.access import looked
from audit.action import action
from audit.actors import Actor
from audit.models import Entry
from documents.actions.close_export import close_export
from documents.actions.finish_export import finish_export
from documents.exporting import kind_of
from documents.models import Export, ExportPiece
from documents.permissions import check_can_work_on_exports
from documents.sealed_files import new_key, seal_file
from documents.selectors import goes_on
from documents.states import ExportState
from documents.storage import remove, write


@action
def write_piece(*, row: ExportPiece, by: Actor, now: datetime) -> None:
    """Write what whoever asked may read at this moment, and queue the next piece or finish. Locks the export.

    Stops it instead where they may not have the list any more, or the session in which they asked has ended. Does
    nothing where the export is over. What was written is on the ledger as theirs: which records, in which piece.
    Raises Forbidden when `by` may not write exports.
    """
    check_can_work_on_exports(by)
    export: Export = Export.objects.select_related("agency").lock(row.export_id)
    if not export.is_running:
        return
    reader = User.objects.get(pk=export.asked_by_id)
    kind = kind_of(export.kind)
    rows = kind.rows(reader, export.agency, export.filters)
    step = kind.step(rows, after=row.after, size=settings.EXPORT_ROWS)
    # Asked after reading: to whoever lost access just before it, nothing was left to read, and that is no end.
    if not goes_on(export, reader, session=export.session):
        close_export(export_id=export.pk, state=ExportState.STOPPED, by=by, now=now)
        return
    told = kind.lines(reader, step.rows, export.filters)
    _store(row, kind.written([line for _row, line in told], of=export, first=row.number == 1))
    row.changed(about=[str(getattr(each, kind.about)) for each, _line in told])
    looked(kind=Entry.Kind.LISTED, at_object=export, by=reader, now=now, piece=row.number, records=row.about)
    if step.next:
        following = ExportPiece(export=export, number=row.number + 1, after=step.next, due=now)
        following.save(force_insert=True)
    else:
        finish_export(export_id=export.pk, by=by, now=now)


def _store(row: ExportPiece, data: bytes) -> None:
    """Under a name of its own for each attempt: what one that failed has left is nobody's, and swept."""
    file_id, key = uuid4(), new_key()
    write(file_id, seal_file(data, key=key, file_id=file_id))
    try:
        row.changed(file=file_id, key=key.hex(), size=len(data))
    except BaseException:
        remove(file_id)
        raise
