"""What was put right about a referral, in sentences for its timeline and its PDF."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from audit.events import Event
from audit.models import EventRecord, Recorded
from referrals.beside import Beside, Joined
from referrals.models import Detachment, DocumentDetachment, Join, NoteDetachment, Offer, Withdrawal


def sentence_of(event: EventRecord, beside: Beside) -> str:
    """The sentence for an event that put something right. Raises ValueError for any other."""
    offers = {offer.pk: offer.agency.name for offer in beside.offers}
    others = {each.join.pk: each.other.reference for each in beside.joins}
    words = {"agency": offers.get(event.object_id, ""), "other": others.get(event.object_id, "")}
    return _template(event.kind).format(**words)


def _template(kind: str) -> str:
    match kind:
        case Event.OFFER_MADE:
            return _("Offered to {agency}.")
        case Event.OFFER_ACCEPTED:
            return _("Accepted for {agency}, which is responsible from now on.")
        case Event.OFFER_DECLINED:
            return _("Declined for {agency}.")
        case Event.OFFER_TAKEN_BACK:
            return _("Took the offer to {agency} back.")
        case Event.REFERRAL_DETACHED:
            return _("Detached from the wrong person, with notes and files.")
        case Event.NOTE_DETACHED:
            return _("Took a note away that was about somebody else.")
        case Event.NOTE_MOVED_HERE:
            return _("Moved a note here that stood beside another referral by mistake.")
        case Event.REFERRALS_JOINED:
            return _("Joined with {other}: they tell of one concern.")
        case Event.JOIN_UNDONE:
            return _("No longer joined with {other}.")
        case _other:
            return _of_withdrawal(kind)


def _of_withdrawal(kind: str) -> str:
    match kind:
        case Event.WITHDRAWAL_REPORTED:
            return _("Reported as withdrawn or sent in error. The police decide whether to go on.")
        case Event.WITHDRAWAL_CONTINUED:
            return _("The police go on with it.")
        case Event.WITHDRAWAL_STOPPED:
            return _("The police have stopped. Keeping people safe goes on.")
        case Event.WITHDRAWAL_RESUMED:
            return _("The police have taken it up again.")
        case _other:
            raise ValueError(f"The timeline has no sentence for {kind}.")


# Which field of the row holds the reason for an event; the rest give theirs in `reason`.
_REASONS = {
    Event.OFFER_DECLINED: "closing_reason",
    Event.OFFER_TAKEN_BACK: "closing_reason",
    Event.JOIN_UNDONE: "undone_reason",
    Event.WITHDRAWAL_CONTINUED: "decision",
    Event.WITHDRAWAL_STOPPED: "decision",
    Event.WITHDRAWAL_RESUMED: "resumed_reason",
}


def reason_of(event: EventRecord, righted: Mapping[UUID, Recorded]) -> str:
    """The reason given for it, where the reader may know of the row; empty where it has none of its own."""
    row = righted.get(event.object_id)
    if (
        not isinstance(row, Detachment | DocumentDetachment | Join | NoteDetachment | Offer | Withdrawal)
        or event.kind == Event.OFFER_ACCEPTED
    ):
        return ""
    return getattr(row, _REASONS.get(Event(event.kind), "reason")) or ""


def warnings_of(beside: Beside, offered: Iterable[Offer]) -> list[str]:
    """What `desk/parts/put_right.html` says above a referral, a paragraph for each, for paper."""
    withdrawal = beside.withdrawal
    return [
        *map(_of_offer, offered),
        *map(_of_detachment, beside.detachments),
        *([_of_unsettled(withdrawal)] if withdrawal and (withdrawal.is_open or withdrawal.is_stopped) else []),
        *map(_of_join, beside.joined),
    ]


def _of_offer(offer: Offer) -> str:
    giving, taking = offer.dispatch.agency.name, offer.agency.name
    said = _("{giving} offers this referral to {taking}.").format(giving=giving, taking=taking)
    until = _("Until you accept, {giving} stays responsible. To accept is to take receipt.").format(giving=giving)
    return "\n".join([_("Offered to your agency"), said, offer.reason, until])


def _of_detachment(detachment: Detachment) -> str:
    return _(
        "This referral is about another person than its answers name. It was detached on {when} by {name}. "
        "Do nothing about the person named in the answers."
    ).format(when=date_format(localtime(detachment.detached_at), "j F Y"), name=detachment.detached_by.name)


def _of_unsettled(withdrawal: Withdrawal) -> str:
    said = f"{withdrawal.get_kind_display()}: {withdrawal.get_state_display().lower()}"
    if withdrawal.is_open:
        waits = _("The police decide whether to go on. Until they have decided nothing stops.")
        return "\n".join([said, withdrawal.reason, waits])
    return "\n".join([said, withdrawal.decision or "", _("Keeping people safe goes on.")])


def _of_join(joined: Joined) -> str:
    one = f"{_('One concern with')} {joined.other.reference}: {joined.join.get_kind_display()}."
    return "\n".join([f"{one} {_('The two count as one.')}", joined.join.reason])
