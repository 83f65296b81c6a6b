"""An officer writes down where a person lives, stays, studies or works."""

from datetime import date, datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from audit.events import Event, happened
from people.locking import lock_person
from people.models import Address, AddressKind, Readers
from people.permissions import check_can_work
from people.policies import check_ends_after_it_begins, check_says_something


@action
def add_address(
    *,
    person_id: UUID,
    agency_id: UUID,
    kind: AddressKind,
    lines: str,
    postcode: str,
    since: date | None,
    until: date | None,
    readers: Readers,
    by: User,
    now: datetime,
) -> Address:
    """Write it beside the person on behalf of an agency; of lines and postcode one may be empty. Locks the person.

    Records ADDRESS_WRITTEN.

    Raises:
        Person.DoesNotExist: there is none with this id.
        Forbidden: `by` may not write beside the person for this agency.
        NotNow: the address is empty, or its last day is before its first.
    """
    person = lock_person(person_id)
    agency = check_can_work(by, Permission.RECORD_WRITE, person_id, agency_id)
    check_says_something(lines, postcode)
    check_ends_after_it_begins(since, until)
    row = Address(
        person=person, agency=agency, kind=kind, lines=lines, postcode=postcode, since=since, until=until,
        readers=readers, written_at=now, written_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    happened(Event.ADDRESS_WRITTEN, person, by=by, now=now)
    return row
