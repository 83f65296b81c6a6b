"""An officer authorises contact that is to be made with a person, or with somebody around them."""

from datetime import date, datetime, time
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from people.actions.proceed_urgently import proceed_urgently
from people.locking import lock_person
from people.models import ContactHow, ContactTo, PlannedContact, Readers
from people.permissions import check_can_work
from people.policies import check_is_ahead, check_may_proceed, check_says_something
from people.urgent import Urgent


@action
def authorise_contact(
    *,
    person_id: UUID,
    agency_id: UUID,
    with_whom: ContactTo,
    whom: str,
    day: date,
    clock: time | None,
    how: ContactHow,
    purpose: str,
    maker: str,
    readers: Readers,
    urgent: Urgent | None = None,
    by: User,
    now: datetime,
) -> PlannedContact:
    """Write down on behalf of an agency that it may be made. Locks the person. The fields are those of the model.

    Where contact is not cleared, `urgent` says why it cannot wait, and the police desk is alerted.

    Raises:
        Person.DoesNotExist: there is none with this id.
        Forbidden: `by` may not write beside the person for this agency.
        NotNow: contact is not cleared, its day has passed or is too far ahead, or it is not said what for or by whom.
    """
    person = lock_person(person_id)
    agency = check_can_work(by, Permission.RECORD_WRITE, person_id, agency_id)
    without = check_may_proceed(person_id, urgent)
    for words in (purpose, maker):
        check_says_something(words)
    check_is_ahead(day, clock, now=now)
    row = PlannedContact(
        person=person, agency=agency, with_whom=with_whom, whom=whom, day=day, clock=clock, how=how, purpose=purpose,
        maker=maker, readers=readers, written_at=now, written_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    if without is not None:
        proceed_urgently(person=person, agency=agency, did=row, urgent=without, by=by, now=now)
    return row
