"""What the people room does when something has happened."""

from datetime import datetime

from audit.actors import Actor
from audit.events import Event, handles
from audit.models import EventRecord
from people.actions.find_matches import find_matches


@handles(Event.REFERRAL_SUBMITTED)
@handles(Event.REFERRAL_DETACHED)
@handles(Event.PERSON_NAMED)
def look_for_matches(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Look who may be the same person: when a referral comes in, turns out to be about another, or a name is known."""
    if event.subject is not None:
        find_matches(person_id=event.subject, by=by, now=now)
