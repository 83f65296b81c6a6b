"""Another agency has the person now: it asks from here on, and reads what was answered."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from agencies.models import Agency, User
from agencies.permissions import Permission, require
from audit.access import disclosed_to
from audit.action import action
from people.actions.end_request import end_request
from people.locking import lock_persons
from people.models import InformationRequest


@action
def hand_over_requests(*, person_id: UUID, before: Agency, after: Agency, by: User, now: datetime) -> int:
    """Let `after` be the agency that asks wherever `before` was, about this person; returns how many.

    What `after` itself was asked is taken back: it has the person. Locks the person and the requests, ids ascending.
    Raises Forbidden when `by` accepts no referrals for `after`.
    """
    require(by, Permission.OFFER_ANSWER, agency=after)
    lock_persons([person_id])
    rows = InformationRequest.objects.filter(person=person_id, asking=before).order_by("pk")
    found = list(rows.select_related("person", "asking", "asked", "asked_by").select_for_update(of=("self",)))
    for request in found:
        request.changed(asking=after)
        disclosed_to(after.pk, request)
        if request.is_open and request.asked_id == after.pk:
            end_request(request=request, reason=_("Your agency has the referral now."), by=by, now=now)
    return len(found)
