"""An absence is called off, or somebody is back early."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.models import Absence, User
from agencies.permissions import check_can_arrange_absence
from agencies.policies import check_absence_stands
from audit.action import action


@action
def end_absence(*, absence_id: UUID, by: User, now: datetime) -> Absence:
    """End an absence now: the cover ends with it. Locks it.

    Raises:
        Absence.DoesNotExist: there is none with this id.
        Forbidden: `by` is neither the one away nor supervises there.
        NotNow: it is over.
    """
    absence: Absence = Absence.objects.select_related("user", "agency").lock(absence_id)
    check_can_arrange_absence(by, absence.agency, absence.user)
    check_absence_stands(absence, today=timezone.localdate(now))
    return absence.changed(ended_at=now, ended_by=by.pk)
