"""Sent in error, or withdrawn by the referrer: recorded by an officer, decided by the police."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from people.actions.find_matches import find_matches
from referrals.actions.decide_withdrawal import decide_withdrawal
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.resume_referral import resume_referral
from referrals.forms.putting_right import DecisionForm, ReasonForm, WithdrawalForm
from referrals.models import Dispatch, ToldBy, Withdrawal, WithdrawalKind
from referrals.repeats import repeats_of
from referrals.selectors import police_dispatch, withdrawals_known_to
from referrals.views.acting import act, dispatch_of, saw


@permission(Permission.WITHDRAWAL_REPORT)
@require_safe_or_post
def withdrawal(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Record that a referral was sent in error or is withdrawn."""
    dispatch = dispatch_of(request, dispatch_id)
    form = WithdrawalForm(request.POST or None)
    return act(
        request,
        form,
        lambda: report_withdrawal(
            dispatch_id=dispatch.pk,
            kind=WithdrawalKind(form.cleaned_data["kind"]),
            told_how=ToldBy(form.cleaned_data["told_how"]),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        ),
        page="withdrawal",
        referral=dispatch.referral,
        dispatch=dispatch,
        said=_("It is recorded. The police decide whether to go on; until then nothing stops."),
    )


@permission(Permission.WITHDRAWAL_DECIDE)
@require_safe_or_post
def decide(request: Request, withdrawal_id: UUID) -> HttpResponse:
    """Go on or stop, for the police agency that has the referral."""
    found, dispatch = _withdrawal(request, withdrawal_id)
    form = DecisionForm(request.POST or None)
    return act(
        request,
        form,
        lambda: _decide(request, found, dispatch, form),
        page="decide",
        referral=dispatch.referral,
        withdrawal=found,
        repeat=repeats_of(request.user, [dispatch.referral])[dispatch.referral_id],
        said=_("Your decision is recorded, and everybody who has the referral is told."),
    )


def _decide(request: Request, withdrawal: Withdrawal, dispatch: Dispatch, form: DecisionForm) -> None:
    """Before it is stopped, look once more who may be the same person: what is found stays, whatever is decided."""
    decided = {"go_on": form.cleaned_data["go_on"], "reason": form.cleaned_data["reason"]}
    who: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    if not decided["go_on"]:
        find_matches(person_id=dispatch.referral.person_id, **who)
    decide_withdrawal(withdrawal_id=withdrawal.pk, dispatch_id=dispatch.pk, **decided, **who)


@permission(Permission.WITHDRAWAL_DECIDE)
@require_safe_or_post
def resume_stopped(request: Request, withdrawal_id: UUID) -> HttpResponse:
    """Take up again what the police had stopped."""
    found, dispatch = _withdrawal(request, withdrawal_id)
    form = ReasonForm(request.POST or None, label=_("Why do the police go on after all?"))
    return act(
        request,
        form,
        lambda: resume_referral(
            withdrawal_id=found.pk,
            dispatch_id=dispatch.pk,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        ),
        page="resume_stopped",
        referral=dispatch.referral,
        withdrawal=found,
        said=_("The police go on with the referral. Everybody who has it is told."),
    )


def _withdrawal(request: Request, withdrawal_id: UUID) -> tuple[Withdrawal, Dispatch]:
    """The withdrawal and the police dispatch of the reader; otherwise the page of an absent one."""
    found: Withdrawal = get_object_or_404(withdrawals_known_to(request.user), pk=withdrawal_id)
    dispatch = police_dispatch(request.user, found.referral_id)
    if dispatch is None:
        raise Http404
    dispatch.referral = found.referral
    saw(request, found.referral)
    return found, dispatch
