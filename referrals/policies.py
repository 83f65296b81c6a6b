"""WHEN a move is allowed: what the record's own state permits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyKind, Restriction, User
from agencies.permissions import Permission
from agencies.restricted import is_named_only, is_restricted
from agencies.roles import roles_with
from agencies.words import says_something
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
    Referrer,
    Succession,
    Task,
    TaskKind,
    Withdrawal,
    Worry,
)
from referrals.models.referrer import ReferrerKind
from referrals.models.withdrawal import UNSETTLED
from referrals.questions.shapes import WORK
from referrals.searching.typed import parse
from referrals.states import DispatchState, OfferState, QuarantineState, WithdrawalState

AUTHORITY_KINDS = frozenset({AgencyKind.AUTHORITY, AgencyKind.NATIONAL_AUTHORITY_DESK})
POLICE_SIDE = frozenset({AgencyKind.POLICE, AgencyKind.NATIONAL_POLICE_DESK})
SIDES = (POLICE_SIDE, AUTHORITY_KINDS)


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


def check_is_received(dispatch: Dispatch) -> None:
    """Raise NotNow where nobody has taken receipt of it yet."""
    if awaits_acknowledgement(dispatch):
        raise NotNow(_("Take receipt of the referral first. Then decide."))


def may_be_saved(draft: Draft) -> bool:
    """Whether the draft may be kept for seven days: written at the front door, by somebody at work."""
    return not draft.entered_by_id and draft.answers.get("referrer_kind") == WORK


def check_still_assigned_to(dispatch: Dispatch, user_id: UUID | None) -> None:
    """Raise NotNow unless the dispatch is still this colleague's, or still nobody's."""
    if dispatch.assigned_to_id != user_id:
        raise NotNow(_("Somebody has assigned this referral meanwhile."))


def check_is_masked(referral: Referral) -> None:
    """Raise NotNow where the referrer did not ask for it: then everybody who has the referral sees who they are."""
    if not asked_not_to_be_named(referral):
        raise NotNow(_("The referrer did not ask to stay unnamed. The referral says who they are."))


def check_still_restricted(restriction: Restriction) -> None:
    """Raise NotNow unless the restriction still stands."""
    if restriction.released_by is not None:
        raise NotNow(_("{name} has already released this referral.").format(name=restriction.released_by.name))


def check_not_done(task: Task) -> None:
    """Raise NotNow for a task that is done, or was taken back."""
    if task.done_by is not None:
        words = (
            _("{name} has taken this task back.") if task.taken_back else _("{name} has already finished this task.")
        )
        raise NotNow(words.format(name=task.done_by.name))


def check_is_work(task: Task) -> None:
    """Raise NotNow for what is decided by whoever holds a role: nobody asked for it, and it stays where it is."""
    if task.kind != TaskKind.WORK:
        raise NotNow(_("This task belongs to a role. It is not handed on or taken back."))


def check_changes_hands(task: Task, to: User | None) -> None:
    """Raise NotNow where the task is with them already."""
    if task.owner_id == (to.pk if to else None):
        raise NotNow(_("It is with {name} already.").format(name=task.whose))


def check_due_ahead(due: datetime, now: datetime) -> None:
    """Raise NotNow for a task that would be overdue as it is given."""
    if due <= now:
        raise NotNow(_("Choose a day that is still to come."))


def check_has_words(text: str) -> None:
    """Raise NotNow for an empty note."""
    if not says_something(text):
        raise NotNow(_("Write the note before you save it."))


def check_can_be_found(words: str, *, today: date) -> None:
    """Raise NotNow where what was typed holds nothing to find anybody by."""
    if not parse(words, today=today).can_be_found:
        raise NotNow(_("Search for a reference, a name, a date of birth or a postcode."))


def check_awaits_decision(flood: Flood) -> None:
    """Raise NotNow where a decision is still being carried out, or nothing of the group is held any more."""
    if flood.carrying_out:
        raise NotNow(_("What was decided about this group is still being carried out. Look again in a minute."))
    if not flood.held.filter(state=QuarantineState.HELD).exists():
        raise NotNow(_("Nothing of this group is held any more: a colleague has decided about it."))


def check_says_why(outcome: FloodOutcome, reason: str) -> None:
    """Raise NotNow for a rejection without a reason. To send on what somebody wrote needs none."""
    if outcome == FloodOutcome.REJECTED and not says_something(reason):
        raise NotNow(_("Say why it is rejected."))


def same_side(one: Agency, other: Agency) -> bool:
    """Whether both are of the police, or of the councils. A restricted desk is of no side: it releases."""
    return any({one.kind, other.kind} <= side for side in SIDES)


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
    check_is_received(dispatch)
    withdrawal.states.check_move(withdrawal.state, to)


def check_has_no_outcome(signed: bool) -> None:
    """Raise NotNow where it is signed what the referral becomes: whoever stops has that reopened, with a reason."""
    if signed:
        raise NotNow(_("The outcome of this referral is signed. Go on, or have the outcome reopened before you stop."))


def check_is_second_to_stop(*, repeated: bool, reported_it: bool) -> None:
    """Raise NotNow where whoever stops a repeat, or what may be one, reported the withdrawal: two people stop it.

    `repeated` is what they may know of: a refusal must not tell of what is kept from them.
    """
    if repeated and reported_it:
        raise NotNow(
            _(
                "This person was referred at another time too, or may have been. A colleague who did not report this "
                "decides whether to stop."
            )
        )


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


def check_is_professional(referrer: Referrer, *, verified: bool) -> None:
    """Raise NotNow unless the referrer wrote at work and a link has verified their address."""
    if referrer.kind != ReferrerKind.WORK:
        raise NotNow(_("Words are released only to somebody who sent the referral at work."), code="not_at_work")
    if not verified:
        raise NotNow(_("Words are released only where the referrer’s e-mail address is verified."))


def check_not_told_today(referral: Referral, words: str, *, now: datetime) -> None:
    """Raise NotNow where the same was released on this day."""
    if referral.messages.filter(words=words, released_at__date=timezone.localdate(now)).exists():
        raise NotNow(_("The referrer was told this today already."))


def check_not_answered(worry: Worry) -> None:
    """Raise NotNow for a worry that somebody has answered."""
    if worry.answered_by is not None:
        raise NotNow(_("{name} has answered this already.").format(name=worry.answered_by.name))


def check_may_be_succeeded(referrer: Referrer, *, named: bool) -> None:
    """Raise NotNow unless the referrer wrote at work, and the officer sees who they are."""
    if referrer.kind != ReferrerKind.WORK:
        raise NotNow(_("Only somebody who sent the referral at work is succeeded."))
    if not named:
        raise NotNow(_("Have it shown to you who made the referral, before you say who succeeds them."))


def check_says_who_succeeds(*, name: str, role: str, email: str, checked: str) -> None:
    """Raise NotNow unless it is said who it is, what they do, where they are written to, and how that was checked."""
    if not all(says_something(each) for each in (name, role, email, checked)):
        raise NotNow(_("Say who it is, their role and e-mail address, and how you checked it with the organisation."))


def check_has_address_of_their_own(email: str, *, before: str, officer: str) -> None:
    """Raise NotNow for the address of whom is succeeded, and where either is the officer's own."""
    one, other, own = (each.strip().casefold() for each in (email, before, officer))
    if own in {one, other}:
        raise NotNow(_("This is about yourself. A colleague records it."))
    if one == other:
        raise NotNow(_("This is the address of whom they succeed. Give one of their own."))


def check_succession_stands(succession: Succession, stands: Succession | None) -> None:
    """Raise NotNow unless it is the one that `stands`."""
    if succession != stands:
        raise NotNow(_("Somebody else answers for the organisation by now. Read the referral again."))
