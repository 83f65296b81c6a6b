"""What one agency waits for from another: offers, and withdrawals that the police decide."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.permissions import Permission, agencies_where
from desk.my_work.shape import NOT_CLEARED, Pile, Row, Section, due_at, pile_of
from referrals.models import Dispatch, Offer, Withdrawal
from referrals.selectors import dispatches_of, offers_of, offers_to
from referrals.states import DispatchState, OfferState, WithdrawalState


def offers_to_answer(reader: User, *, now: datetime) -> Pile | None:
    """Referrals that another agency offers to the reader's."""
    if not agencies_where(reader, Permission.DISPATCH_READ):
        return None
    return pile_of(
        _("Offered to your agency"),
        offers_to(reader),
        lambda offer: _offered(offer, now=now),
        more=reverse("referrals:inbox"),
    )


def offers_made(reader: User, *, now: datetime) -> Pile | None:
    """Referrals of the reader's agencies that another has not answered for: whoever offered one stays responsible."""
    if not agencies_where(reader, Permission.DISPATCH_READ):
        return None
    made = offers_of(reader).filter(state=OfferState.OFFERED).select_related("offered_by")
    return pile_of(
        _("Offered by your agency"),
        made.order_by("-dispatch__immediate", "offered_at", "id"),
        lambda offer: _made(offer, now=now),
        more=reverse("referrals:inbox"),
    )


def withdrawals_to_decide(reader: User, *, now: datetime) -> Pile | None:
    """Referrals that were sent in error or are withdrawn, of police agencies of the reader."""
    police = [agency for agency in agencies_where(reader, Permission.WITHDRAWAL_DECIDE) if agency.is_police]
    if not police:
        return None
    received = dispatches_of(reader).filter(agency__in=police, state=DispatchState.ACKNOWLEDGED)
    here = received.filter(referral=OuterRef("referral"))
    open_ones = Withdrawal.objects.filter(Exists(here), state=WithdrawalState.REPORTED)
    found = open_ones.select_related("referral__person").order_by("reported_at", "id")
    return pile_of(_("Withdrawn"), found, _to_decide, more=reverse("referrals:inbox"))


def _offered(offer: Offer, *, now: datetime) -> Row:
    return Row(
        Section.NEW,
        offer.dispatch.referral.reference,
        reverse("referrals:offered", args=[offer.pk]),
        next_step=_("Accept or decline it"),
        why=_("{agency} offers it to your agency.").format(agency=offer.dispatch.agency.name),
        owner=offer.dispatch.agency.name,
        since=offer.offered_at,
        listed=(offer.dispatch.referral_id,),
        about=offer.get_cause_display(),
        due=due_at(offer.answer_due, offer.agency, now=now),
        tags=(NOT_CLEARED,),
        agency=offer.agency.name,
        immediate=offer.dispatch.immediate,
    )


def _made(offer: Offer, *, now: datetime) -> Row:
    return Row(
        Section.WAITING,
        offer.dispatch.referral.reference,
        _page(offer.dispatch),
        next_step=_("{agency} accepts or declines; you can take the offer back").format(agency=offer.agency.name),
        why=_("{name} of your agency offered it. It is yours until they accept.").format(name=offer.offered_by.name),
        owner=offer.agency.name,
        since=offer.offered_at,
        listed=(offer.dispatch.referral_id,),
        about=offer.dispatch.referral.person.name,
        due=due_at(offer.answer_due, offer.agency, now=now),
        tags=(NOT_CLEARED,),
        immediate=offer.dispatch.immediate,
    )


def _to_decide(withdrawal: Withdrawal) -> Row:
    return Row(
        Section.NEW,
        withdrawal.referral.reference,
        reverse("referrals:decide", args=[withdrawal.pk]),
        next_step=_("Decide whether to go on"),
        why=_("{what}. The police decide.").format(what=withdrawal.get_kind_display()),
        owner=_("Your team"),
        since=withdrawal.reported_at,
        listed=(withdrawal.referral_id,),
        about=withdrawal.referral.person.name,
        tags=(NOT_CLEARED,),
    )


def _page(dispatch: Dispatch) -> str:
    return reverse("desk:referral", args=[dispatch.referral_id])
