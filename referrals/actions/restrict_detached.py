"""A referral turns out to be about somebody with a user's name: it is kept to the restricted desks from then on."""

from datetime import datetime

from django.utils import timezone

from agencies.actions.exclude_user import exclude_user
from agencies.geography import Gazetteer
from agencies.models import RESTRICTED_KINDS, ExclusionGround, Restriction, User
from agencies.names import NamesIn
from agencies.permissions import Permission, require
from agencies.restricted import namesakes
from audit.action import action
from people.models import Person
from referrals.actions.dispatch_referral import to_restricted_desks
from referrals.actions.end_accesses import end_accesses
from referrals.actions.pass_tasks import pass_tasks
from referrals.actions.release_tasks import release_tasks
from referrals.actions.unassign_dispatches import unassign_dispatches
from referrals.concerning import Concern
from referrals.models import Offer, Referral
from referrals.models.dispatch import STANDING
from referrals.receivers import receivers
from referrals.restricting import Ground, names_in, with_right_person
from referrals.routing import route
from referrals.states import DispatchState, OfferState


@action
def restrict_detached(*, referral: Referral, person: Person, by: User, now: datetime) -> None:
    """Compare the right person's name with users', as a submission does.

    A part of `detach_referral`, which holds the referral's lock. A restriction that stands gains the name and its
    users. Any other referral with a user's name goes to the restricted desks, and those who had it have it no more:
    they are not told why. Raises Forbidden when `by` may not detach referrals.
    """
    require(by, Permission.REFERRAL_DETACH)
    alike = namesakes(NamesIn(person=f"{person.given_names} {person.family_name}", also=person.other_names))
    restriction = Restriction.objects.select_for_update(of=("self",)).filter(about=referral.pk, closed=False).first()
    if alike and (restriction is None or restriction.is_released):
        _take_away(referral, by=by, now=now)
    if restriction is not None:
        restriction.changed(names=vars(with_right_person(NamesIn(**restriction.names), person)))
        if alike and restriction.is_released:
            # The desks have it still, with what came of their task; whoever was excluded before is so again.
            restriction.changed(released_at=None, released_by=None, release_reason=None)
        if not restriction.is_released:
            _exclude(restriction, referral, alike, by=by, now=now)
    elif alike:
        concern = Concern(with_right_person(names_in(referral.answers), person), alike, [Ground.NAME])
        decided = route(referral.answers, Gazetteer.at(timezone.localdate(now)))
        to_restricted_desks(referral, receivers(decided, restricted=True), concern, by=by, now=now)
    pass_tasks(referral=referral, by=by, now=now)


def _take_away(referral: Referral, *, by: User, now: datetime) -> None:
    """From the ordinary agencies, from those it is offered to, and from everybody to whom it is opened by name.

    Where it was kept to named people of theirs, it is the desks' own officers who know of it now.
    """
    end_accesses(referral=referral, by=by, now=now)
    for closed in Restriction.objects.select_for_update(of=("self",)).filter(
        about=referral.pk, closed=True, released_at=None
    ):
        closed.changed(released_at=now, released_by=by, release_reason=closed.reason)
    standing = referral.dispatches.filter(STANDING).exclude(agency__kind__in=RESTRICTED_KINDS)
    for dispatch in standing.order_by("pk").select_for_update(of=("self",)):
        for offer in Offer.objects.filter(dispatch=dispatch, state=OfferState.OFFERED):
            offer.dispatch = dispatch
            dispatch.referral = referral
            offer.move(OfferState.TAKEN_BACK, at=now, by=by, closed_at=now, closed_by=by, closing_reason=offer.reason)
        dispatch.move(DispatchState.TRANSFERRED, at=now, by=by, alert_due=None, remind_due=None)


def _exclude(restriction: Restriction, referral: Referral, alike: list[User], *, by: User, now: datetime) -> None:
    """What was assigned to one of them is so no more."""
    for user in alike:
        exclude_user(restriction=restriction, user=user, ground=ExclusionGround.NAME, by=by, now=now)
    unassign_dispatches(dispatches=referral.dispatches.filter(STANDING, assigned_to__in=alike), by=by, now=now)
    release_tasks(tasks=referral.tasks.filter(owner__in=alike), by=by, now=now)
