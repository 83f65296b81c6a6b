"""What the documents room does when something has happened."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.actors import Actor
from audit.events import Event, handles
from audit.models import EventRecord
from documents.actions.close_export import close_export
from documents.models import Export
from documents.selectors import may_export
from documents.states import STANDING, ExportState


@handles(Event.MEMBERSHIP_ENDED)
def stop_exports(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Somebody left: what they had made of that agency's lists is deleted, unless another role still lets them."""
    user = User.objects.get(pk=UUID(event.ids["user"]))
    standing = Export.objects.filter(asked_by=user, agency=UUID(event.ids["agency"]), state__in=STANDING)
    for export in standing.select_related("agency").order_by("pk"):
        if not may_export(export, user):
            close_export(export_id=export.pk, state=ExportState.STOPPED, by=by, now=now)
