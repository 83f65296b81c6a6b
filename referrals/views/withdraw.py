"""A referrer says that a referral was sent in error, or withdraws it. Nobody signs in; the answer tells nothing."""

from contextlib import suppress

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import public
from audit.agents import Agent
from audit.refusals import Refused
from referrals.actions.withdraw_referral import withdraw_referral
from referrals.forms.withdraw import WithdrawForm
from referrals.holding import keyed_hash
from referrals.models import WithdrawalKind

# Tries for one reference, whether it exists or not. A code has 58 bits: the limit is for peace, not for strength.
TRIES = 10
WITHIN = 60 * 60


@public
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """Ask for reference, code and reason; whatever they are, the answer is the same page."""
    form = WithdrawForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "front_door/withdraw.html", {"form": form})
    given = form.cleaned_data
    if _may_try(given["reference"]):
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


def _may_try(reference: str) -> bool:
    """Whether fewer than TRIES came for this reference within the hour; the cache knows it by a keyed hash only."""
    key = f"withdraw:{keyed_hash(reference, of='withdraw')}"
    if cache.add(key, 1, WITHIN):
        return True
    with suppress(ValueError):  # it ran out between the two
        return bool(cache.incr(key) <= TRIES)
    return True
