"""An officer writes down another name or spelling of a person, who is found by it from then on."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from people.locking import lock_person
from people.models import NameKind, PersonName, Readers
from people.permissions import check_can_work
from people.policies import check_says_something
from people.renaming import renew_search_rows


@action
def add_name(
    *,
    person_id: UUID,
    agency_id: UUID,
    kind: NameKind,
    name: str,
    source: str,
    readers: Readers,
    by: User,
    now: datetime,
) -> PersonName:
    """Write it beside the person on behalf of an agency; `source` says from whom or where it is known, if known.

    Locks the person. Makes their search row anew and records the event PERSON_NAMED.

    Raises:
        Person.DoesNotExist: there is none with this id.
        Forbidden: `by` may not write beside the person for this agency.
        NotNow: the name is empty.
    """
    person = lock_person(person_id)
    agency = check_can_work(by, Permission.RECORD_WRITE, person_id, agency_id)
    check_says_something(name)
    row = PersonName(
        person=person, agency=agency, kind=kind, name=name, source=source, readers=readers,
        written_at=now, written_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    renew_search_rows([person], by=by, now=now)
    return row
