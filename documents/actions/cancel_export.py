"""Somebody does not want their export any more, or not any longer."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from documents.ending import end
from documents.models import Export
from documents.permissions import check_is_theirs
from documents.states import ExportState


@action
def cancel_export(*, export_id: UUID, by: User, now: datetime) -> Export:
    """Delete the file of an export, also one that is half made. Locks the export.

    Raises:
        Export.DoesNotExist: there is none with this id.
        Forbidden: somebody else asked for it.
        NotNow: it is over.
    """
    export: Export = Export.objects.lock(export_id)
    check_is_theirs(by, export)
    end(export, ExportState.CANCELLED, by=by, now=now)
    return export
