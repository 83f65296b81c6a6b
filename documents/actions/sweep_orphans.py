"""Bytes that no row can open go after a day: a transaction that was rolled back, a deletion that failed."""

from datetime import datetime, timedelta

from audit.action import action
from audit.actors import Actor
from audit.ledger import write_entry
from audit.models import Entry
from documents.models import Document, ExportPiece, Scan, Upload
from documents.permissions import check_can_sweep
from documents.storage import remove_after_commit, stored, written

AGE = timedelta(days=1)


@action
def sweep_orphans(*, by: Actor, now: datetime) -> int:
    """Delete orphaned files older than a day, and the scanner's queue of yesterday; returns how many files.

    The ledger learns how many. Raises Forbidden when `by` may not sweep.
    """
    check_can_sweep(by)
    gone = 0
    for ids in stored():
        known = {
            pk
            for model in (Upload, Document)
            for pk in model.objects.filter(pk__in=ids, key__isnull=False).values_list("pk", flat=True)
        }
        known |= {piece.file for piece in ExportPiece.objects.filter(file__in=ids) if piece.file}
        for file_id in ids:
            if file_id not in known and written(file_id) < now - AGE:
                remove_after_commit(file_id)
                gone += 1
    Scan.objects.filter(done__lt=now - AGE).delete()
    if gone:
        write_entry(Entry.Kind.BULK, object_type=Document._meta.label_lower, details={"orphans": gone})
    return gone
