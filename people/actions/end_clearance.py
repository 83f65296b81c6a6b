"""Contact about a person is cleared no more: a part of opening a deconfliction, and of answering one."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from agencies.working_days import london_date
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from people.clearance import contacted_with
from people.locking import lock_record
from people.models import Clearance, PlannedContact
from people.permissions import check_can_end_clearance


@action
def end_clearance(*, person_id: UUID, by: Actor, now: datetime) -> bool:
    """End the clearance that stands; whether one did.

    Locks everybody on the person's record: whoever is about to ask about one of them waits, and is refused then. What
    was authorised about any of them, or about anybody who would be contacted with them, and is still to come is
    suspended; what was urgent is not, for it waited for none.
    Records CLEARANCE_ENDED where one stood. Called by triage's actions alone.

    Raises:
        Person.DoesNotExist: there is none with this id.
        Forbidden: `by` asks for no deconfliction about the person.
    """
    record = lock_record(person_id)
    check_can_end_clearance(by, person_id)
    _suspend(contacted_with(record), by=by, now=now)
    standing: Clearance | None = Clearance.objects.filter(person=person_id, ended_at=None).first()
    if standing is None:
        return False
    standing.changed(ended_at=now, ended_by=by.pk)
    happened(Event.CLEARANCE_ENDED, standing, by=by, now=now)
    return True


def _suspend(persons: Iterable[UUID], *, by: Actor, now: datetime) -> None:
    ahead = PlannedContact.objects.filter(person__in=persons, day__gte=london_date(now), struck_at=None, urgency=None)
    for row in ahead.filter(suspended_at=None).order_by("pk").select_for_update(of=("self",)):
        row.changed(suspended_at=now, suspended_by=by.pk)
