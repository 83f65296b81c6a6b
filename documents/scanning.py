"""Taking one waiting file to the scanner."""

from datetime import datetime
from typing import cast

from audit.actors import Actor
from documents.actions.conclude_scan import conclude_scan
from documents.clamd import scan
from documents.models import Document, Scan, Upload
from documents.selectors import file_to_check, opened

# Never in effect: with an hour between two attempts, more than a year. A file waits for as long as it takes.
GIVE_UP_AFTER = 10_000


def scan_file(*, row: Scan, by: Actor, now: datetime) -> None:
    """Scan the file of a due row and record the verdict. The file's own row is locked only at the end.

    Raises NoAnswer while the scanner is away, and whatever the store meets: the row is put off.
    """
    file = cast("Upload | Document | None", file_to_check(row.file))
    if file is None:
        return
    conclude_scan(file_id=row.file, verdict=scan(opened(file)), by=by, now=now)
