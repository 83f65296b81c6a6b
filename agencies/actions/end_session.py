"""A session ends before its time: its browser is asked to sign in at its next request."""

from datetime import datetime
from uuid import UUID

from agencies.models import Session
from agencies.permissions import check_can_end_sessions
from audit.access import looked
from audit.action import action
from audit.actors import Actor
from audit.models import Entry


@action
def end_session(*, user_id: UUID, number: UUID | str, why: str, by: Actor, now: datetime) -> None:
    """End a session.

    Raises:
        DoesNotExist: it is over, or somebody else's.
        Forbidden: it is not one of `by`, who may not close accounts either.
    """
    check_can_end_sessions(by, user_id)
    session = Session.objects.select_for_update().get(user=user_id, number=number)
    looked(kind=Entry.Kind.SESSION_ENDED, at_object=session.user, by=by, now=now, session=str(number), why=why)
    session.delete()
