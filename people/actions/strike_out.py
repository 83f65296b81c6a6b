"""What was written down beside a person is wrong: it is struck out, and stays to be seen so."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from people.beside import written_with_id
from people.locking import lock_person
from people.models import PersonName, Written
from people.permissions import check_can_strike_out
from people.policies import check_stands
from people.renaming import renew_search_rows


@action
def strike_out(*, written_id: UUID, reason: str, by: User, now: datetime) -> Written:
    """Strike out a name, an address, a relationship or a contact. Locks the person and the row.

    Of a name the search row is made anew, and the event PERSON_NAMED recorded: nobody is found by it any more.

    Raises:
        Written.DoesNotExist (of the row's model): there is none with this id, or it has gone over to somebody else.
        Forbidden: `by` does not write beside the person for the agency that wrote it, or that has them since.
        NotNow: it is struck out already, or there is no reason.
    """
    found = written_with_id(written_id)
    person = lock_person(found.person_id)
    row: Written = found.model.objects.filter(person=person).select_related("agency", "struck_by").lock(written_id)
    check_can_strike_out(by, row)
    check_stands(row)
    check_has_reason(reason)
    row.strike(reason, at=now, by=by)
    if isinstance(row, PersonName):
        renew_search_rows([person], by=by, now=now)
    return row
