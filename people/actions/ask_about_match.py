"""An officer asks the agency that has the other person to show more of them."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import NOT_ALLOWED, Permission
from audit.action import action
from audit.events import Event, happened
from audit.refusals import Forbidden
from people.keeping import agencies_working
from people.linking import lock_links
from people.models import Match, MatchAsking
from people.permissions import check_can_decide
from people.policies import check_is_a_preview, check_not_asked


@action
def ask_about_match(*, match_id: UUID, by: User, now: datetime) -> MatchAsking:
    """Ask on behalf of one's agency that has one of the two. Those who have the other are told. Locks links and match.

    Raises:
        Match.DoesNotExist: there is none with this id.
        Forbidden: `by` may not decide about the match, or for a restricted desk alone.
        NotNow: their agency has asked already, or they see both.
    """
    lock_links()
    match: Match = Match.objects.lock(match_id)
    seen = check_can_decide(by, match)
    check_is_a_preview(seen)
    agencies = [each for each in agencies_working(by, seen.mine, Permission.MATCH_DECIDE) if not each.is_restricted]
    if not agencies:  # a restricted desk is named to nobody
        raise Forbidden(NOT_ALLOWED)
    agency = agencies[0]
    check_not_asked(match, agency.pk)
    asking = MatchAsking(match=match, about_id=seen.other, agency=agency, asked_at=now, asked_by=by)
    asking.save(force_insert=True)
    happened(Event.MATCH_ASKED, asking, by=by, now=now, match=match.pk)
    return asking
