"""An officer records that somebody was told of the referral about them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from people.locking import lock_person
from people.models import ContactHow, NoticeFor, NoticeLanguage, Readers, Telling, ToldWhom
from people.models.telling import NOTICE_VERSION
from people.permissions import check_can_work
from people.policies import check_is_past, check_says_something


@action
def record_told(
    *,
    person_id: UUID,
    agency_id: UUID,
    whom: ToldWhom,
    day: date,
    how: ContactHow,
    teller: str,
    notices: Sequence[NoticeFor],
    language: NoticeLanguage | None,
    words: str,
    readers: Readers,
    by: User,
    now: datetime,
) -> Telling:
    """Write it beside the person on behalf of an agency, whether or not contact is cleared. Locks the person.

    What was is recorded always. `notices` are those that were given, in `language`; the version is kept with them.

    Raises:
        Person.DoesNotExist: there is none with this id.
        Forbidden: `by` may not write beside the person for this agency.
        NotNow: it is still to come, or it is not said who told them.
    """
    person = lock_person(person_id)
    agency = check_can_work(by, Permission.RECORD_WRITE, person_id, agency_id)
    check_says_something(teller)
    check_is_past(day, None, now=now)
    given = {"notices": sorted(set(notices)), "language": language or "en", "version": NOTICE_VERSION}
    row = Telling(
        person=person, agency=agency, told=True, whom=whom, day=day, how=how, teller=teller, words=words,
        readers=readers, written_at=now, written_by=by, **(given if notices else {}),
    )  # fmt: skip
    row.save(force_insert=True)
    return row
