"""An officer records contact that was made, or tried, with a person or somebody around them."""

from datetime import date, datetime, time
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from people.locking import lock_person
from people.models import Contact, ContactHow, ContactWith, Readers
from people.permissions import check_can_work
from people.policies import check_is_past, check_says_something


@action
def record_contact(
    *,
    person_id: UUID,
    agency_id: UUID,
    with_whom: ContactWith,
    whom: str,
    day: date,
    clock: time | None,
    how: ContactHow,
    maker: str,
    reached: bool,
    outcome: str,
    readers: Readers,
    by: User,
    now: datetime,
) -> Contact:
    """Write it in the contact log on behalf of an agency, whether or not contact is cleared. Locks the person.

    What was is recorded always: that it should not have been is no reason to have no record of it. The fields are those
    of `Contact`.

    Raises:
        Person.DoesNotExist: there is none with this id.
        Forbidden: `by` may not write beside the person for this agency.
        NotNow: it is still to come, or it is not said who made it, or what came of it.
    """
    person = lock_person(person_id)
    agency = check_can_work(by, Permission.RECORD_WRITE, person_id, agency_id)
    for words in (maker, outcome):
        check_says_something(words)
    check_is_past(day, clock, now=now)
    row = Contact(
        person=person, agency=agency, with_whom=with_whom, whom=whom, day=day, clock=clock, how=how, maker=maker,
        reached=reached, outcome=outcome, readers=readers, written_at=now, written_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    return row
