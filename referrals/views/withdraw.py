"""A referrer says that a referral was sent in error, or withdraws it. Nobody signs in; the answer tells nothing."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agencies.access import public, require_safe, require_safe_or_post
from agencies.limiting import seconds_to_wait
from agencies.limits import Doing, Key
from audit.agents import Agent
from audit.refusals import Refused
from referrals.actions.withdraw_referral import withdraw_referral
from referrals.forms.withdraw import WithdrawForm
from referrals.models import WithdrawalKind
from referrals.views.waiting import asked_to_wait


@public
@require_safe_or_post
def withdraw(request: HttpRequest) -> HttpResponse:
    """Ask for reference, code and reason; whatever they are, the answer is the same, and so is when one has to wait."""
    form = WithdrawForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "front_door/withdraw.html", {"form": form})
    given = form.cleaned_data
    if seconds := seconds_to_wait(Doing.GUESS, {Key.REFERENCE: given["reference"]}):
        return asked_to_wait(request, "front_door/withdraw.html", {"form": form}, seconds=seconds)
    with suppress(Refused):
        withdraw_referral(
            reference=given["reference"],
            code=given["code"],
            kind=WithdrawalKind(given["kind"]),
            reason=given["reason"],
            by=Agent.REFERRER,
            now=timezone.now(),
        )
    return redirect("front-door:withdrawn")


@public
@require_safe
def withdrawn(request: HttpRequest) -> HttpResponse:
    """What happens next, if reference and code were right."""
    return render(request, "front_door/withdrawn.html")
