"""A person whom no referral is about any more is on nobody's record, and nobody is asked about them."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from people.linking import lock_links, recompute_records
from people.models import Match, MatchAsking, MatchDecision
from people.sights import matches_about
from people.states import AskingState, MatchState


@action
def leave_matches(*, person_id: UUID, reason: str, by: User, now: datetime) -> None:
    """Undo what was confirmed of a person and withdraw what was asked about them, for `reason`. Locks the links.

    A part of what takes the last referral away from them, which has asked whether `by` may, and held the links before
    any other lock.
    """
    lock_links()
    matches = list(matches_about([person_id]).select_for_update())
    joined = {pk for match in matches if match.state == MatchState.CONFIRMED for pk in match.persons}
    for match in matches:
        _undo(match, reason, by=by, now=now)
        for asking in MatchAsking.objects.filter(match=match).select_for_update():
            if asking.is_standing:
                asking.move(AskingState.WITHDRAWN, at=now, by=by, reason=reason)
    recompute_records(joined)


def _undo(match: Match, reason: str, *, by: User, now: datetime) -> None:
    if match.state == MatchState.CONFIRMED:
        match.move(MatchState.WAITING, at=now, by=by)
        undone = MatchDecision(match=match, said=MatchState.WAITING, reason=reason, decided_at=now, decided_by=by)
        undone.save(force_insert=True)
