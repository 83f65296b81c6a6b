"""The scanner has spoken."""

from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from documents.clamd import Verdict
from documents.permissions import check_can_conclude
from documents.selectors import file_to_check
from documents.states import FileState
from documents.storage import remove_after_commit


@action
def conclude_scan(*, file_id: UUID, verdict: Verdict, by: Actor, now: datetime) -> None:
    """Let a clean file be opened; delete the bytes and the key of an infected one.

    Locks the file, which may have become a document meanwhile. Does nothing where it is gone or was judged before.
    Raises Forbidden when `by` may not check files.
    """
    check_can_conclude(by)
    file = file_to_check(file_id, lock=True)
    if file is None:
        return
    if verdict is Verdict.CLEAN:
        file.move(FileState.CLEAN, at=now, by=by, checked_at=now, checked_by=by.pk)
        return
    file.move(FileState.REFUSED, at=now, by=by, checked_at=now, checked_by=by.pk, key=None)
    remove_after_commit(file_id)
