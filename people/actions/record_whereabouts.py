"""An officer records that somebody is in custody, abroad or looked after elsewhere; or that they are back."""

from datetime import date, datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from audit.events import Event, happened
from people.locking import lock_person
from people.models import AwayKind, Readers, Whereabouts
from people.permissions import check_can_work
from people.policies import check_is_reviewed, check_says_where


@action
def record_whereabouts(
    *,
    person_id: UUID,
    agency_id: UUID,
    kind: AwayKind,
    place: str,
    back_on: date | None,
    review_on: date | None,
    readers: Readers,
    by: User,
    now: datetime,
) -> Whereabouts:
    """Write it beside the person on behalf of an agency, which stays responsible. Locks the person.

    `back_on` is when they are expected to be released or to return, if anybody knows; of somebody who is back neither
    day is kept. Records WHEREABOUTS_WRITTEN.

    Raises:
        Person.DoesNotExist: there is none with this id.
        Forbidden: `by` may not write beside the person for this agency.
        NotNow: it is not said where they are, or it is not looked at again within a year.
    """
    person = lock_person(person_id)
    agency = check_can_work(by, Permission.RECORD_WRITE, person_id, agency_id)
    check_says_where(kind, place)
    if kind == AwayKind.BACK:
        back_on = review_on = None
    else:
        check_is_reviewed(review_on or back_on or now.date(), now=now)
    row = Whereabouts(
        person=person, agency=agency, kind=kind, place=place, back_on=back_on, review_on=review_on or back_on,
        readers=readers, written_at=now, written_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    happened(Event.WHEREABOUTS_WRITTEN, person, by=by, now=now)
    return row
