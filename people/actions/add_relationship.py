"""An officer writes down who stands near a person."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from people.locking import lock_persons
from people.models import Readers, Relationship, RelationshipKind
from people.permissions import check_can_read, check_can_work
from people.policies import check_is_another, check_says_something


@action
def add_relationship(
    *,
    person_id: UUID,
    agency_id: UUID,
    kind: RelationshipKind,
    name: str,
    reach: str,
    readers: Readers,
    other_id: UUID | None = None,
    by: User,
    now: datetime,
) -> Relationship:
    """Write it beside the person on behalf of an agency. Locks both persons.

    `reach` says how they are reached, if known; `other_id` is the person they are in this service, if they are one.

    Raises:
        Person.DoesNotExist: there is none with one of these ids.
        Forbidden: `by` may not write beside the person for this agency, or not read the other person.
        NotNow: there is no name, or somebody would stand near themselves.
    """
    persons = lock_persons([person_id, *([other_id] if other_id else [])])
    agency = check_can_work(by, Permission.RECORD_WRITE, person_id, agency_id)
    if other_id is not None:
        check_can_read(by, other_id)
        check_is_another(person_id, other_id)
    check_says_something(name)
    row = Relationship(
        person=persons[person_id], agency=agency, kind=kind, name=name, reach=reach, readers=readers,
        other=persons[other_id] if other_id else None, written_at=now, written_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    return row
