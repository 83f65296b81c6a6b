"""An export ends without its owner: its time is up, it cannot be made, or whoever asked may not have it any more."""

from datetime import datetime
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from documents.ending import end
from documents.models import Export
from documents.permissions import check_can_work_on_exports
from documents.states import STANDING, ExportState


@action
def close_export(*, export_id: UUID, state: ExportState, by: Actor, now: datetime) -> bool:
    """Delete an export's file, also one that is half made; False where it is over already. Locks the export.

    Raises Forbidden when `by` may not end exports of others.
    """
    check_can_work_on_exports(by)
    export: Export = Export.objects.lock(export_id)
    if export.state not in STANDING:
        return False
    end(export, state, by=by, now=now)
    return True
