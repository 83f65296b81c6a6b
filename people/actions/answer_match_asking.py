"""The agency that has a person shows more of them to the one that asked, or does not."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.policies import check_has_reason
from audit.access import disclosed_to
from audit.action import action
from audit.events import Event, happened
from people.linking import lock_links
from people.models import MatchAsking
from people.permissions import check_can_answer
from people.states import AskingState


@action
def answer_match_asking(*, asking_id: UUID, accept: bool, reason: str = "", by: User, now: datetime) -> MatchAsking:
    """Accept, so that the agency that asked sees of the person what is compared; or decline, with a reason for them.

    Locks links and asking. That more was shown is on the person's ledger, with to whom.

    Raises:
        MatchAsking.DoesNotExist: there is none with this id.
        Forbidden: no agency of `by` has the person.
        NotNow: it has been answered or withdrawn, or it is declined without a reason.
    """
    lock_links()
    asking: MatchAsking = MatchAsking.objects.select_related("match", "about").lock(asking_id)
    check_can_answer(by, asking)
    answer = AskingState.ACCEPTED if accept else AskingState.DECLINED
    asking.states.check_move(asking.state, answer)
    if accept:
        asking.move(answer, at=now, by=by, answered_at=now, answered_by=by)
        disclosed_to(asking.agency_id, asking.about, asking=asking.pk)
    else:
        check_has_reason(reason)
        asking.move(answer, at=now, by=by, answered_at=now, answered_by=by, reason=reason)
    happened(Event.MATCH_ANSWERED, asking, by=by, now=now, match=asking.match_id)
    return asking
