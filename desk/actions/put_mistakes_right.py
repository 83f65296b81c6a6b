"""The demonstration shows one of each: offered, allocated, detached, joined, withdrawn and stopped."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from desk.demonstration.accounts import BRADFORD, LEEDS
from referrals.actions.accept_offer import accept_offer
from referrals.actions.decide_withdrawal import decide_withdrawal
from referrals.actions.detach_note import detach_note
from referrals.actions.detach_referral import detach_referral
from referrals.actions.join_referrals import join_referrals
from referrals.actions.make_offer import make_offer
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.models import Dispatch, JoinKind, Note, OfferCause, ToldBy, WithdrawalKind
from referrals.states import DispatchState

REGION = "ctp-north-east"


@action
def put_mistakes_right(*, agencies: Mapping[str, UUID], by: Actor, now: datetime) -> None:
    """Put one mistake of each kind right, in the name of the demonstration's officers.

    Raises Forbidden when `by` may not seed.
    """
    require(by, Permission.DEMONSTRATION_SEED)
    leeds, bradford = _someone("lead@leeds.example"), _someone("lead@bradford.example")
    _take_note_away(now=now)
    here = _received(agencies[LEEDS], also_by=agencies[REGION])
    make_offer(
        dispatch_id=here[0].pk, to_id=agencies[BRADFORD], reason="The family moved to Shipley in the summer.",
        cause=OfferCause.MOVED, by=leeds, now=now,
    )  # fmt: skip
    theirs = _received(agencies[BRADFORD], also_by=agencies[REGION])[0]
    offer = make_offer(
        dispatch_id=theirs.pk, to_id=agencies[LEEDS], reason="He lives with his father in Pudsey now.",
        cause=OfferCause.LOOKED_AFTER, by=bradford, now=now - timedelta(minutes=40),
    )  # fmt: skip
    accept_offer(offer_id=offer.pk, by=leeds, now=now)
    detach_referral(
        dispatch_id=here[1].pk, wrong_id=here[1].referral.person_id,
        right={"given_names": "Rhodri", "family_name": "Featherstonehaugh", "adult_or_child": "child"},
        reason="The school rang: two pupils of the same class were mixed up.", by=leeds, now=now,
    )  # fmt: skip
    join_referrals(
        dispatch_id=here[2].pk, other_id=here[3].pk, kind=JoinKind.SAME_CONCERN,
        reason="The school and the youth club both write about the same evening.", by=leeds, now=now,
    )  # fmt: skip
    _withdraw(here[4], "The tutor rang: she had meant to write to early help.", by=leeds, now=now)
    _stop(here[5], agencies[REGION], by=leeds, now=now)
    _allocate(agencies, now=now)


def _someone(email: str) -> User:
    found: User = User.objects.get(email=email)
    return found


def _received(agency: UUID, *, also_by: UUID) -> list[Dispatch]:
    """Dispatches of which the agency and the region have both taken receipt, the latest first."""
    region = Dispatch.objects.filter(agency=also_by, state=DispatchState.ACKNOWLEDGED).values("referral_id")
    found = Dispatch.objects.filter(agency=agency, state=DispatchState.ACKNOWLEDGED, referral__in=region)
    return list(found.select_related("referral").order_by("-sent_at", "-id")[:10])


def _withdraw(dispatch: Dispatch, reason: str, *, by: User, now: datetime) -> UUID:
    withdrawal = report_withdrawal(
        dispatch_id=dispatch.pk, kind=WithdrawalKind.IN_ERROR, told_how=ToldBy.TELEPHONE, reason=reason,
        by=by, now=now,
    )  # fmt: skip
    return withdrawal.pk


def _stop(dispatch: Dispatch, region: UUID, *, by: User, now: datetime) -> None:
    police = Dispatch.objects.get(referral=dispatch.referral_id, agency=region)
    decide_withdrawal(
        withdrawal_id=_withdraw(dispatch, "It was a trial of the form in a training day.", by=by, now=now),
        dispatch_id=police.pk, go_on=False, reason="Spoke to the trainer. The pupil named does not exist.",
        by=_someone("officer@ctp-north-east.example"), now=now,
    )  # fmt: skip


def _take_note_away(*, now: datetime) -> None:
    """The writer of the latest note whose agency still has the referral takes it away."""
    note = Note.objects.select_related("written_by").order_by("-written_at", "-id").first()
    if note is not None:
        detach_note(note_id=note.pk, reason="Written in the wrong window.", by=note.written_by, now=now)


def _allocate(agencies: Mapping[str, UUID], *, now: datetime) -> None:
    """The national police desk offers the latest of its referrals to the region."""
    flagged = Dispatch.objects.filter(agency=agencies["national-police-desk"]).order_by("-sent_at", "-id").first()
    if flagged is not None:
        make_offer(
            dispatch_id=flagged.pk, to_id=agencies[REGION], reason="The bus stop described is in Leeds.",
            by=_someone("police@national-desk.example"), now=now,
        )  # fmt: skip
