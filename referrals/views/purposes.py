"""The question before a record, and before what a search finds: why do you look?"""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from agencies.purposes import Purpose
from agencies.signin.demanding import way_back
from audit.access import looked
from audit.models import Entry
from referrals.actions.state_purpose import state_purpose
from referrals.actions.state_search_purpose import state_search_purpose
from referrals.forms.purpose import PurposeForm
from referrals.selectors import openable_referrals


@permission(Permission.REFERRAL_READ)
@require_safe_or_post
def purpose(request: Request, referral_id: UUID) -> HttpResponse:
    """Ask why somebody opens a referral that is not assigned to them; of the referral only its reference is shown."""
    referral, now = openable_referrals(request.user, [referral_id]).get(), timezone.now()
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        state_purpose(
            referral_id=referral.pk,
            purpose=Purpose(given["purpose"]),
            words=given["words"],
            by=request.user,
            now=now,
        )
        return HttpResponseRedirect(way_back(request))
    looked(kind=Entry.Kind.LISTED, by=request.user, now=now, referrals=[str(referral.pk)])
    context = {"form": form, "referral": referral, "next": way_back(request)}
    return render(request, "referrals/purpose.html", context)


@permission(Permission.DISPATCH_READ)
@require_safe_or_post
def search_purpose(request: Request) -> HttpResponse:
    """Ask why somebody searches among referrals that are not assigned to them."""
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        state_search_purpose(
            purpose=Purpose(given["purpose"]), words=given["words"], by=request.user, now=timezone.now()
        )
        return HttpResponseRedirect(way_back(request))
    return render(request, "referrals/search_purpose.html", {"form": form, "next": way_back(request)})
