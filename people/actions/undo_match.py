"""Two persons were confirmed to be one human being, and are not: the link is undone."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import NOT_ALLOWED
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from audit.refusals import Forbidden
from people.keeping import restricted_persons
from people.linking import lock_links, recompute_records
from people.models import Match, MatchDecision
from people.permissions import check_can_decide
from people.policies import check_is_confirmed
from people.states import MatchState


@action
def undo_match(*, match_id: UUID, reason: str, by: User, now: datetime) -> Match:
    """Undo a confirmation; the match waits for a decision again. Locks the links, the match and the persons it joined.

    Raises:
        Match.DoesNotExist: there is none with this id.
        Forbidden: `by` may not decide it.
        NotNow: it is not confirmed, or there is no reason.
    """
    lock_links()
    match: Match = Match.objects.lock(match_id)
    seen = check_can_decide(by, match)
    check_is_confirmed(match)
    if not seen.may_undo:
        raise Forbidden(NOT_ALLOWED)
    check_has_reason(reason)
    match.move(MatchState.WAITING, at=now, by=by, again_at=now)
    undone = MatchDecision(
        match=match, said=MatchState.WAITING, reason=reason, kept=bool(restricted_persons(match.persons)),
        decided_at=now, decided_by=by,
    )  # fmt: skip
    undone.save(force_insert=True)
    recompute_records(match.persons)
    happened(Event.MATCH_UNDONE, match, by=by, now=now, other=match.other_id)
    return match
