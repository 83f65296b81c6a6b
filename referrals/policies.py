"""WHEN a move is allowed: what the record's own state permits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyKind, Restriction, User
from agencies.permissions import Permission
from agencies.restricted import is_named_only, is_restricted
from agencies.roles import roles_with
from audit.refusals import NotNow
from referrals.masking import asked_not_to_be_named
from referrals.models import (
    AccessKind,
    Dispatch,
    Draft,
    Flood,
    FloodOutcome,
    Join,
    NamedAccess,
    Offer,
    Referral,
    Task,
    Withdrawal,
)
from referrals.models.withdrawal import UNSETTLED
from referrals.questions.shapes import WORK
from referrals.states import DispatchState, OfferState, QuarantineState, WithdrawalState

AUTHORITY_KINDS = frozenset({AgencyKind.AUTHORITY, AgencyKind.NATIONAL_AUTHORITY_DESK})


def check_awaits_acknowledgement(dispatch: Dispatch) -> None:
    """Raise NotNow unless the dispatch is still waiting for receipt."""
    if dispatch.state != DispatchState.SENT:
        raise NotNow(
            _("{name} has already taken receipt of this referral.").format(name=dispatch.acknowledged_by.name)
            if dispatch.acknowledged_by
            else _("Somebody has already taken receipt of this referral.")
        )


def awaits_acknowledgement(dispatch: Dispatch) -> bool:
    """Whether the dispatch is still waiting for receipt."""
    return dispatch.state == DispatchState.SENT


def may_be_saved(draft: Draft) -> bool:
    """Whether the draft may be kept for seven days: written at the front door, by somebody at work."""
    return not draft.entered_by_id and draft.answers.get("referrer_kind") == WORK


def check_still_assigned_to(dispatch: Dispatch, user_id: UUID | None) -> None:
    """Raise NotNow unless the dispatch is still this colleague's, or still nobody's."""
    if dispatch.assigned_to_id != user_id:
        raise NotNow(_("Somebody has assigned this referral meanwhile."))


def check_has_reason(text: str) -> None:
    """Raise NotNow for a decision without a reason."""
    if not text.strip():
        raise NotNow(_("Give the reason."))


def check_is_masked(referral: Referral) -> None:
    """Raise NotNow where the referrer did not ask for it: then everybody who has the referral sees who they are."""
    if not asked_not_to_be_named(referral):
        raise NotNow(_("The referrer did not ask to stay unnamed. The referral says who they are."))


def check_still_restricted(restriction: Restriction) -> None:
    """Raise NotNow unless the restriction still stands."""
    if restriction.released_by is not None:
        raise NotNow(_("{name} has already released this referral.").format(name=restriction.released_by.name))


def check_not_done(task: Task) -> None:
    """Raise NotNow for a task that is done."""
    if task.done_by is not None:
        raise NotNow(_("{name} has already finished this task.").format(name=task.done_by.name))


def check_has_words(text: str) -> None:
    """Raise NotNow for an empty note."""
    if not text.strip():
        raise NotNow(_("Write the note before you save it."))


def check_awaits_decision(flood: Flood) -> None:
    """Raise NotNow where a decision is still being carried out, or nothing of the group is held any more."""
    if flood.carrying_out:
        raise NotNow(_("What was decided about this group is still being carried out. Look again in a minute."))
    if not flood.held.filter(state=QuarantineState.HELD).exists():
        raise NotNow(_("Nothing of this group is held any more: a colleague has decided about it."))


def check_says_why(outcome: FloodOutcome, reason: str) -> None:
    """Raise NotNow for a rejection without a reason. To send on what somebody wrote needs none."""
    if outcome == FloodOutcome.REJECTED and not reason.strip():
        raise NotNow(_("Say why it is rejected."))


def same_side(one: Agency, other: Agency) -> bool:
    """Whether both are of the police, or of the councils. A restricted desk is of no side: it releases."""
    if one.is_restricted or other.is_restricted:
        return False
    if one.is_police or other.is_police:
        return one.is_police and other.is_police
    return one.kind in AUTHORITY_KINDS and other.kind in AUTHORITY_KINDS


def is_staffed(agency: Agency, on: date) -> bool:
    """Whether somebody there may accept an offer on the day."""
    return bool(agency.memberships.in_force(on).filter(role__in=roles_with(Permission.OFFER_ANSWER)).exists())


def check_may_be_offered(dispatch: Dispatch, to: Agency, on: date) -> None:
    """Raise NotNow unless the dispatch may be offered to `to` now: one offer at a time, same side, somebody there."""
    if dispatch.offers.filter(state=OfferState.OFFERED).exists():
        raise NotNow(_("It is on offer already. Take that offer back before you offer it to another agency."))
    if is_named_only(dispatch.referral_id):
        raise NotNow(_("It is restricted to named people. Lift the restriction before you offer it to another agency."))
    if dispatch.referral.dispatches.filter(agency=to).exclude(state=DispatchState.TRANSFERRED).exists():
        raise NotNow(_("{agency} has this referral already.").format(agency=to.name))
    if not same_side(dispatch.agency, to):
        raise NotNow(_("The police offer a referral to the police, and a council to a council."))
    if not is_staffed(to, on):
        raise NotNow(
            _(
                "Nobody at {agency} can accept it here yet. Your agency stays responsible. "
                "Speak to them, or offer it to the national desk."
            ).format(agency=to.name)
        )


def check_is_open(offer: Offer) -> None:
    """Raise NotNow unless the offer waits for an answer."""
    if not offer.is_open:
        raise NotNow(_("This offer has been closed already: {state}.").format(state=offer.get_state_display().lower()))


def check_belongs_to(referral: Referral, wrong_id: object) -> None:
    """Raise NotNow unless the referral still belongs to the person whom the officer saw."""
    if referral.person_id != wrong_id:
        raise NotNow(_("A colleague has put this right already. Read the referral again."))


def check_may_be_joined(one: Referral, other: Referral) -> None:
    """Raise NotNow unless these are two referrals that are not joined yet."""
    if one.pk == other.pk:
        raise NotNow(_("This is the same referral. Give the reference of the other one."))
    pair = {one.pk, other.pk}
    if Join.objects.filter(earlier__in=pair, later__in=pair, undone_at=None).exists():
        raise NotNow(_("These two referrals are joined already."))


def check_is_joined(join: Join) -> None:
    """Raise NotNow when the join was undone already."""
    if join.undone_at is not None:
        raise NotNow(_("Somebody has undone this already."))


def check_may_be_withdrawn(referral: Referral) -> None:
    """Raise NotNow while a withdrawal waits for the police, and once they have stopped."""
    standing = referral.withdrawals.filter(UNSETTLED).first()
    if standing is None:
        return
    if standing.is_open:
        raise NotNow(_("This is recorded already. The police have still to decide."))
    raise NotNow(_("The police have stopped already."))


def check_may_be_decided(withdrawal: Withdrawal, dispatch: Dispatch, to: WithdrawalState) -> None:
    """Raise NotNow unless the police have taken receipt, and the state table allows the move to `to`."""
    if awaits_acknowledgement(dispatch):
        raise NotNow(_("Take receipt of the referral first. Then decide."))
    withdrawal.states.check_move(withdrawal.state, to)


# The longest time for which a referral is opened to somebody by name, by kind, in days.
LONGEST = {AccessKind.SHARE: 90, AccessKind.REVIEW: 180}
EMERGENCY_MINUTES = (15, 30, 60)


def check_lasts_within_reason(kind: AccessKind, days: int) -> None:
    """Raise NotNow for a time that no page offers."""
    if not 1 <= days <= LONGEST[kind]:
        raise NotNow(_("Give between 1 and {most} days.").format(most=LONGEST[kind]))


def check_emergency_is_short(minutes: int) -> None:
    """Raise NotNow for a time that no page offers."""
    if minutes not in EMERGENCY_MINUTES:
        raise NotNow(
            _("Pick one of the times: {longest} minutes is the longest.").format(longest=EMERGENCY_MINUTES[-1])
        )


def check_cannot_read_yet(reads: bool) -> None:
    """Raise NotNow where the person can read the referral already."""
    if reads:
        raise NotNow(_("They can read this referral already."))


def check_works_elsewhere(user: User, able: Mapping[Agency, Sequence[User]]) -> None:
    """Raise NotNow for somebody of an agency that has the restricted record: such people are named, or not let in."""
    if any(user in people for people in able.values()):
        raise NotNow(
            _("{name} works for an agency that has this referral. Name them on it instead.").format(name=user.name)
        )


def check_somebody_is_told(told: Iterable[object]) -> None:
    """Raise NotNow where no privacy officer would hear of an emergency access."""
    if not list(told):
        raise NotNow(_("No privacy officer is set up who could be told. Call the agency that has the referral."))


def check_owner_is_told(told: Iterable[object]) -> None:
    """Raise NotNow where nobody of an agency that has a referral would hear of an emergency access."""
    if not list(told):
        said = _(
            "Nobody of an agency that has the referral could be told: it has no duty contact, and nobody works there. "
            "Call your national desk, which can reach it, and ask for a duty contact to be set."
        )
        raise NotNow(said)


def check_not_over(access: NamedAccess) -> None:
    """Raise NotNow for an access that is over."""
    if access.is_over:
        raise NotNow(_("This access is over already."))


def check_not_reviewed(access: NamedAccess) -> None:
    """Raise NotNow for an emergency access that somebody has reviewed."""
    if access.reviewed_by is not None:
        raise NotNow(_("{name} has already reviewed this.").format(name=access.reviewed_by.name))


def check_may_be_restricted(referral: Referral) -> None:
    """Raise NotNow where a restriction stands, or while it is on offer to an agency where nobody would be named."""
    if is_restricted(referral.pk):
        raise NotNow(_("This referral is restricted already."))
    if Offer.objects.filter(dispatch__referral=referral, state=OfferState.OFFERED).exists():
        raise NotNow(_("It is on offer to another agency. Take the offer back first."))


def check_every_agency_is_named(able: Mapping[Agency, Sequence[User]], named: Collection[UUID]) -> None:
    """Raise NotNow where nobody of an agency that has the referral, and has people, would know of it any more."""
    for agency, people in able.items():
        if people and not any(user.pk in named for user in people):
            raise NotNow(
                _("Name at least one person of {agency}: its duties go on, and somebody must see them.").format(
                    agency=agency.name
                )
            )


def check_is_restricted(referral: Referral) -> None:
    """Raise NotNow unless the referral is restricted to named people."""
    if not is_named_only(referral.pk):
        raise NotNow(_("This referral is not restricted to named people."))


def check_not_named(user: User, referral: Referral) -> None:
    """Raise NotNow for somebody who is named already."""
    if NamedAccess.objects.filter(user=user, content_object=referral, kind=AccessKind.NAMED).exists():
        raise NotNow(_("{name} is named already.").format(name=user.name))
