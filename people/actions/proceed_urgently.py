"""An officer went on although contact was not cleared: a part of asking another agency and of authorising contact."""

from datetime import datetime

from agencies.models import Agency, User
from audit.action import action
from audit.events import Event, happened
from people.models import InformationRequest, Person, PlannedContact, Urgency
from people.urgent import Urgent


@action
def proceed_urgently(
    *,
    person: Person,
    agency: Agency,
    did: InformationRequest | PlannedContact,
    urgent: Urgent,
    by: User,
    now: datetime,
) -> Urgency:
    """Keep why, beside what was done. Records PROCEEDED_URGENTLY, of which the police desk is alerted at once.

    Who calls it has locked the person, and asked whether `by` may do it and whether `urgent` says why.
    """
    row = Urgency(
        person=person,
        agency=agency,
        request=did if isinstance(did, InformationRequest) else None,
        planned=did if isinstance(did, PlannedContact) else None,
        need=urgent.need.strip(),
        at_risk=urgent.at_risk.strip(),
        consulted=urgent.consulted.strip(),
        done_at=now,
        done_by=by,
    )
    row.save(force_insert=True)
    happened(Event.PROCEEDED_URGENTLY, row, by=by, now=now)
    return row
