"""An officer records why nobody has told somebody of the referral about them, and when that is looked at again."""

from datetime import date, datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from people.locking import lock_person
from people.models import NotTold, Readers, Telling
from people.permissions import check_can_work
from people.policies import check_gives_nothing_away, check_is_reviewed, check_says_something


@action
def record_not_told(
    *,
    person_id: UUID,
    agency_id: UUID,
    why_not: NotTold,
    words: str,
    review_on: date,
    readers: Readers,
    by: User,
    now: datetime,
) -> Telling:
    """Write why nobody has told them, and until when that holds, on behalf of an agency. Locks the person.

    Raises:
        Person.DoesNotExist: there is none with this id.
        Forbidden: `by` may not write beside the person for this agency.
        NotNow: no reason is given in words, it is not reviewed within a year, or it would tell others of an
            investigation.
    """
    person = lock_person(person_id)
    agency = check_can_work(by, Permission.RECORD_WRITE, person_id, agency_id)
    check_says_something(words)
    check_is_reviewed(review_on, now=now)
    check_gives_nothing_away(why_not, readers)
    row = Telling(
        person=person, agency=agency, told=False, why_not=why_not, words=words, review_on=review_on,
        readers=readers, written_at=now, written_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    return row
