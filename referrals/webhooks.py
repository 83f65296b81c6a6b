"""What happens to a referral is told to the systems of the agencies that have it: an id and a type."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import Q

from agencies.actions.move_deliveries import move_deliveries
from agencies.actions.queue_deliveries import queue_deliveries
from agencies.actions.renew_deliveries import renew_deliveries
from agencies.actions.withdraw_deliveries import withdraw_deliveries
from agencies.models import RESTRICTED_KINDS
from agencies.restricted import is_named_only, is_restricted
from agencies.webhooks.types import WebhookType
from audit.actors import Actor
from audit.events import Event, handles
from audit.models import EventRecord
from referrals.models import Dispatch, Join, Offer, Referral
from referrals.models.dispatch import STANDING

# Events after which whoever has a referral should ask for it anew, and the roles in which their ids name it.
CHANGING: Mapping[Event, tuple[str, ...]] = {
    Event.JOIN_UNDONE: ("earlier", "later"),
    Event.REFERRAL_DETACHED: ("referral",),
    Event.REFERRALS_JOINED: ("earlier", "later"),
    Event.WITHDRAWAL_CONTINUED: ("referral",),
    Event.WITHDRAWAL_REPORTED: ("referral",),
    Event.WITHDRAWAL_RESUMED: ("referral",),
    Event.WITHDRAWAL_STOPPED: ("referral",),
}


_WITH = ("dispatch__agency", "dispatch__referral", "became__agency", "became__referral")


def dispatched_id(dispatch_id: UUID) -> UUID:
    """The id of "referral.dispatched" for a dispatch: always the same, whoever asks how often."""
    return uuid5(dispatch_id, WebhookType.REFERRAL_DISPATCHED)


@handles(Event.REFERRAL_SUBMITTED)
@handles(Event.RESTRICTION_RELEASED)
def tell_receivers(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Tell each agency's system that a referral has come to it.

    A restricted desk has no other system: nobody there would be excluded from what must be kept from them. Nor is a
    system among the named people of a restricted record: what happens to that waits until the restriction is lifted.
    """
    for dispatch in _standing(event.object_id):
        _tell(dispatch, WebhookType.REFERRAL_DISPATCHED, dispatched_id(dispatch.pk), by=by, now=now)


@handles(Event.DISPATCH_ACKNOWLEDGED)
def tell_of_receipt(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Tell an agency's system that one of its officers has taken receipt."""
    dispatch = Dispatch.objects.select_related("agency", "referral").get(pk=event.object_id)
    _tell(dispatch, WebhookType.DISPATCH_ACKNOWLEDGED, event.pk, by=by, now=now)


@handles(Event.OFFER_ACCEPTED)
def tell_both_sides(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Tell the system of the agency that took a referral over, and that of the agency that has it no longer."""
    offer = Offer.objects.select_related(*_WITH).get(pk=event.object_id)
    if offer.became is not None:
        _tell(offer.became, WebhookType.REFERRAL_DISPATCHED, dispatched_id(offer.became.pk), by=by, now=now)
    _tell(offer.dispatch, WebhookType.DISPATCH_TRANSFERRED, event.pk, by=by, now=now)


def tell_of_change(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Tell the systems of all who have a referral to ask for it anew: of two that were joined, of all who have both.

    For a system nothing has changed beside the one while the other is kept to named people.
    """
    ids = [UUID(event.ids[role]) for role in CHANGING[Event(event.kind)]]
    for role, referral_id in zip(CHANGING[Event(event.kind)], ids, strict=True):
        person_id = Referral.objects.values_list("person_id", flat=True).get(pk=referral_id)
        move_deliveries(subject=referral_id, person=person_id, by=by, now=now)
        others = [each for each in ids if each != referral_id]
        for dispatch in _standing(referral_id, beside=others):
            if not any(is_named_only(each) for each in others):
                _tell(dispatch, WebhookType.REFERRAL_CHANGED, uuid5(event.pk, role), by=by, now=now)


for kind in CHANGING:
    handles(kind)(tell_of_change)


@handles(Event.CLEARANCE_ENDED)
@handles(Event.CLEARANCE_GIVEN)
def tell_of_clearance(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Tell the systems of all who have a referral about the person to ask whether contact is cleared."""
    for referral_id in Referral.objects.filter(person=event.subject).order_by("pk").values_list("pk", flat=True):
        for dispatch in _standing(referral_id):
            _tell(dispatch, WebhookType.REFERRAL_CHANGED, uuid5(event.pk, str(referral_id)), by=by, now=now)


@handles(Event.REFERRAL_DETACHED)
def take_back_what_waits(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Of what went to the restricted desks, those who had it hear nothing any more, also once it is released."""
    referral_id = UUID(event.ids["referral"])
    if is_restricted(referral_id) and not is_named_only(referral_id):
        withdraw_deliveries(subject=referral_id, by=by, now=now)


@handles(Event.RESTRICTION_LIFTED)
def tell_what_was_kept(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """What waited goes out; and whoever heard of the referral before can ask for it again, and for what it is joined
    with: that they are joined was not to be seen there either."""
    lifted = event.object_id
    renew_deliveries(subject=lifted, by=by, now=now)
    changed = _standing(lifted)
    for join in Join.objects.filter(Q(earlier=lifted) | Q(later=lifted)).order_by("pk"):
        changed += _standing(join.later_id if join.earlier_id == lifted else join.earlier_id, beside=[lifted])
    for dispatch in changed:
        told = uuid5(event.pk, str(dispatch.referral_id))
        _tell(dispatch, WebhookType.REFERRAL_CHANGED, told, by=by, now=now)


def _standing(referral_id: UUID, *, beside: Iterable[UUID] = ()) -> list[Dispatch]:
    """The dispatches of the agencies that have the referral, and those `beside` it as well."""
    found = Dispatch.objects.filter(STANDING, referral_id=referral_id)
    for other in beside:
        found = found.filter(agency__in=Dispatch.objects.filter(STANDING, referral_id=other).values("agency_id"))
    return list(found.select_related("agency", "referral").order_by("pk"))


def _tell(dispatch: Dispatch, kind: WebhookType, event: UUID, *, by: Actor, now: datetime) -> None:
    if dispatch.agency.kind in RESTRICTED_KINDS:
        return
    queue_deliveries(
        agency_id=dispatch.agency_id,
        kind=kind,
        event=event,
        subject=dispatch.referral_id,
        person=dispatch.referral.person_id,
        by=by,
        now=now,
    )
