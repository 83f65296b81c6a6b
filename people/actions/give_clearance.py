"""Contact about a person is cleared: a part of answering a deconfliction."""

from datetime import date, datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.events import Event, happened
from people.actions.end_clearance import end_clearance
from people.models import Clearance
from people.permissions import check_can_clear


@action
def give_clearance(
    *, person_id: UUID, agency_id: UUID, with_conditions: bool, review_on: date, by: User, now: datetime
) -> Clearance:
    """Let contact about the person be cleared through `review_on`, by the agency that has them.

    Ends the clearance that stands. Locks everybody on the record, as `end_clearance` does. Records CLEARANCE_GIVEN.
    Called by triage's actions alone.

    Raises:
        Person.DoesNotExist: there is none with this id.
        Forbidden: `by` answers no deconfliction about the person for this agency.
    """
    check_can_clear(by, person_id, agency_id)
    end_clearance(person_id=person_id, by=by, now=now)
    row = Clearance(
        person_id=person_id, with_conditions=with_conditions, review_on=review_on, given_at=now, given_by=by
    )
    row.save(force_insert=True)
    happened(Event.CLEARANCE_GIVEN, row, by=by, now=now)
    return row
