"""Agencies hear by e-mail that another area asks about a possible match, or answered: of their own referral alone."""

from datetime import datetime
from uuid import UUID

from agencies.models import Agency, NoticeKind
from audit.actors import Actor
from audit.events import Event, handles
from audit.models import EventRecord
from people.keeping import restricted_persons
from people.models import MatchAsking
from referrals.actions.tell_agencies import tell_agencies
from referrals.models import Referral
from referrals.selectors import agencies_having


@handles(Event.MATCH_ASKED)
def tell_who_is_asked(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Those who have the person asked about, as they are now."""
    asking = MatchAsking.objects.get(pk=event.object_id)
    for referral in Referral.objects.filter(person=asking.about_id):
        _tell(NoticeKind.MATCH_ASKED, event.pk, referral, agencies_having(referral), by=by, now=now)


@handles(Event.MATCH_ANSWERED)
def tell_who_asked(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """The agency that asked, if it has its own person still."""
    asking = MatchAsking.objects.select_related("match", "agency").get(pk=event.object_id)
    if restricted_persons([asking.about_id]):  # to whoever asked it is as if there were nobody now
        return
    for referral in Referral.objects.filter(person=asking.theirs):
        still = [agency for agency in agencies_having(referral) if agency == asking.agency]
        _tell(NoticeKind.MATCH_ANSWERED, event.pk, referral, still, by=by, now=now)


def _tell(
    kind: NoticeKind, about: UUID, referral: Referral, agencies: list[Agency], *, by: Actor, now: datetime
) -> None:
    tell_agencies(kind=kind, about=about, referral=referral, agencies=agencies, by=by, now=now)
