"""Either side takes back that one area shows more of a person to another."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from people.linking import lock_links
from people.models import MatchAsking
from people.permissions import check_can_withdraw
from people.states import AskingState


@action
def withdraw_match_asking(*, asking_id: UUID, reason: str, by: User, now: datetime) -> MatchAsking:
    """Take back the question, or that it was accepted: from now on the other side is shown the preview again.

    Locks links and asking. A decision that was made meanwhile stands.

    Raises:
        MatchAsking.DoesNotExist: there is none with this id.
        Forbidden: `by` is of neither side, or was asked and has not accepted.
        NotNow: it stands no more, or there is no reason.
    """
    lock_links()
    asking: MatchAsking = MatchAsking.objects.select_related("match").lock(asking_id)
    check_can_withdraw(by, asking)
    asking.states.check_move(asking.state, AskingState.WITHDRAWN)
    check_has_reason(reason)
    asking.move(AskingState.WITHDRAWN, at=now, by=by, reason=reason)
    happened(Event.MATCH_WITHDRAWN, asking, by=by, now=now, match=asking.match_id)
    return asking
