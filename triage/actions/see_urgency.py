"""Somebody of the police desk says that they have seen what went ahead before contact was cleared."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from people.locking import lock_person
from people.models import Urgency
from triage.permissions import check_can_see_urgency
from triage.policies import check_not_seen


@action
def see_urgency(*, urgency_id: UUID, by: User, now: datetime) -> Urgency:
    """Keep who saw it, and when. Locks the person and the row.

    Raises:
        Urgency.DoesNotExist: there is none with this id.
        Forbidden: `by` is not of the police agency that has the referral, or may not know of it.
        NotNow: a colleague has seen it.
    """
    lock_person(Urgency.objects.values_list("person_id", flat=True).get(pk=urgency_id))
    row: Urgency = Urgency.objects.select_related("seen_by").lock(urgency_id)
    check_can_see_urgency(by, row)
    check_not_seen(row)
    row.changed(seen_at=now, seen_by=by)
    return row
