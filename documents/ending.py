"""How every export ends: its key is destroyed at once, its bytes after commit."""

from datetime import datetime

from audit.actors import Actor
from audit.keys import destroy_key
from documents.models import Export, ExportPiece
from documents.states import ExportState
from documents.storage import remove_after_commit


def end(export: Export, state: ExportState, *, by: Actor, now: datetime) -> None:
    """Move a locked export to a state in which it is over. Its pieces stay a while: a worker may hold one.

    Raises NotNow where it is over already.
    """
    export.move(state, at=now, by=by, ended_at=now, ended_by=by.pk)
    destroy_key(export.pk)
    for piece in ExportPiece.objects.filter(export=export):
        if piece.file is not None:
            remove_after_commit(piece.file)
