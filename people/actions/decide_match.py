"""An officer says of two persons that they are one human being, are two, or that it stays open."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import NOT_ALLOWED, Permission, can
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from audit.refusals import Forbidden
from people.keeping import readable_persons, restricted_persons
from people.linking import joined_with, lock_links, recompute_records
from people.models import Match, MatchDecision
from people.permissions import check_can_decide
from people.policies import check_is_as_seen, check_is_not_joined_by_others, check_may_be_joined
from people.states import MatchState


@action
def decide_match(*, match_id: UUID, said: MatchState, reason: str, seen_as: str = "", by: User, now: datetime) -> Match:
    """Confirm, reject or leave open. Locks the links, the match, and where it is confirmed the persons it joins.

    `seen_as` is the state that the officer saw, where a page showed one.
    What was said before may be said otherwise; a confirmation is undone first (`undo_match`).

    Raises:
        Match.DoesNotExist: there is none with this id.
        Forbidden: `by` may not decide it, or has seen too little of it to say this.
        NotNow: it is confirmed, there is no reason, somebody has decided meanwhile, it would join people who were said
            to be different, or part two whom others join.
    """
    lock_links()
    match: Match = Match.objects.lock(match_id)
    seen = check_can_decide(by, match)
    Match.states.check_move(match.state, said)
    if said not in seen.may_say:
        raise Forbidden(NOT_ALLOWED)
    check_has_reason(reason)
    check_is_as_seen(match, seen_as)
    joined = joined_with(match.persons)
    # FIMU knows of every person on either record; others are told of nobody whom they must not know of.
    known = joined if can(by, Permission.MATCH_CHECK) else {*match.persons, *readable_persons(by, joined)}
    if said == MatchState.CONFIRMED:
        check_may_be_joined(match, known)
    if said == MatchState.REJECTED:
        check_is_not_joined_by_others(match, known)
    match.move(said, at=now, by=by)
    kept = bool(restricted_persons(match.persons))
    decision = MatchDecision(match=match, said=said, reason=reason, kept=kept, decided_at=now, decided_by=by)
    decision.save(force_insert=True)
    if said == MatchState.CONFIRMED:
        recompute_records(match.persons)
    happened(Event.MATCH_DECIDED, match, by=by, now=now, other=match.other_id)
    return match
