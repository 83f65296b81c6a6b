"""What was asked about the wrong person is taken back."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from people.actions.end_request import end_request
from people.locking import lock_persons
from people.models import InformationRequest
from people.states import OPEN


@action
def take_back_requests(*, person_id: UUID, reason: str, by: User, now: datetime) -> int:
    """Take back every open request about somebody, answered or not, and tell whoever was asked; returns how many.

    They stay the wrong person's, sealed under that key, and go when it goes: nothing of them is true of another.
    Locks the person and the requests, ids ascending. Raises Forbidden when `by` may not detach referrals.
    """
    require(by, Permission.REFERRAL_DETACH)
    lock_persons([person_id])
    rows = InformationRequest.objects.filter(person=person_id, state__in=OPEN).order_by("pk")
    found = list(rows.select_related("person", "asking", "asked", "asked_by").select_for_update(of=("self",)))
    for request in found:
        end_request(request=request, reason=reason, by=by, now=now)
    return len(found)
