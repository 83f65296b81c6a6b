"""What is written beside one person goes over to another: the referral that brought it is about that one."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from people.beside import WRITTEN
from people.locking import lock_persons
from people.models import Person, PersonName, Relationship, Urgency
from people.renaming import renew_search_rows


@action
def hand_over_written(*, wrong_id: UUID, to: Person, by: Actor, now: datetime) -> int:
    """Seal everything beside the wrong person for the other one, struck out or not; returns how many rows.

    Whoever stands near the wrong person according to somebody else's relationships, stands near the right one: the
    writer meant whom the referral is about. So does what went ahead before contact was cleared, or the police desk
    would lose what it has not seen: also of a request, which itself stays the wrong person's. Locks both persons and
    the rows, ids ascending. What either is found by is made anew. Raises Person.DoesNotExist, and Forbidden when `by`
    may not detach referrals.
    """
    require(by, Permission.REFERRAL_DETACH)
    wrong = lock_persons([wrong_id, to.pk])[wrong_id]
    count = named = 0
    for model in WRITTEN:
        pointing = Q(other=wrong) if model is Relationship else Q(pk__in=[])
        rows = model.objects.filter(Q(person=wrong) | pointing).select_for_update(of=("self",)).order_by("pk")
        for row in rows:
            if row.person_id == wrong.pk:
                row.hand_to(to)
                count, named = count + 1, named + (model is PersonName)
            else:
                row.changed(other=to)
    for urgency in Urgency.objects.filter(person=wrong).order_by("pk").select_for_update():
        urgency.hand_to(to)
    if named:
        renew_search_rows([wrong, to], by=by, now=now)
    return count
