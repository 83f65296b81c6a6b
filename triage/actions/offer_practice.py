"""A region offers what it found to work well."""

from datetime import datetime
from uuid import UUID

from agencies.models import Agency, User
from agencies.permissions import Permission, require
from audit.action import action
from triage.models import PracticeNote
from triage.policies import check_is_a_step, check_says_it


@action
def offer_practice(*, agency_id: UUID, step_code: str, words: str, by: User, now: datetime) -> PracticeNote:
    """Offer words beside a step on behalf of an agency; headquarters decide whether all regions see them.

    Raises:
        Agency.DoesNotExist: there is none with this id.
        Forbidden: `by` reads no standards for that agency.
        NotNow: there is no such step, or the words say nothing.
    """
    agency = Agency.objects.get(pk=agency_id)
    require(by, Permission.STANDARD_READ, agency=agency)
    check_is_a_step(step_code)
    check_says_it(words)
    note = PracticeNote(step_code=step_code, region=agency, words=words.strip(), offered_at=now, offered_by=by)
    note.save(force_insert=True)
    return note
