"""What a person is found by follows their names: their search row is made anew, and who looks for matches is told."""

from collections.abc import Sequence
from datetime import datetime

from audit.actors import Actor
from audit.events import Event, happened
from people.matching.storing import store_anew
from people.models import Person


def renew_search_rows(persons: Sequence[Person], *, by: Actor, now: datetime) -> None:
    """Make the search rows of locked persons anew, in the running action, and record PERSON_NAMED of each.

    Whoever adds to the names of a person, strikes one out or takes one over to another person calls this.
    """
    store_anew(persons, {}, now=now)
    for person in persons:
        happened(Event.PERSON_NAMED, person, by=by, now=now)
