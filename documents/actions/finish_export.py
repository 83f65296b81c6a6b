"""Every line of an export is written."""

import hashlib
from datetime import datetime
from uuid import UUID

from audit.access import looked
from audit.action import action
from audit.actors import Actor
from audit.models import Entry
from documents.models import Export
from documents.permissions import check_can_work_on_exports
from documents.selectors import pieces_of, read_export
from documents.states import ExportState


@action
def finish_export(*, export_id: UUID, by: Actor, now: datetime) -> Export:
    """Read the whole file once and let it be downloaded. Locks the export.

    The disclosure is on the ledger: who, what of which agency, why, how many lines, and the digest of the file, by
    which a copy that is found is known. Raises Forbidden when `by` may not write exports.
    """
    check_can_work_on_exports(by)
    export: Export = Export.objects.select_related("agency", "asked_by").lock(export_id)
    pieces, whole = pieces_of(export), hashlib.sha256()
    for data in read_export(export):
        whole.update(data)
    count = sum(len(piece.about) for piece in pieces)
    size = sum(piece.size for piece in pieces)
    export.move(ExportState.READY, at=now, by=by, count=count, size=size, digest=whole.hexdigest())
    looked(
        kind=Entry.Kind.DISCLOSED,
        at_object=export,
        by=export.asked_by,
        now=now,
        form="csv",
        recipient=export.asked_by_id,
        export=export.kind,
        agency=export.agency.code,
        filters=export.filters,
        purpose=export.purpose,
        words=export.words,
        count=count,
        sha256=export.digest,
    )
    return export
