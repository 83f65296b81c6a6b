"""What a restricted desk does with a referral: release it, exclude a colleague."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.models import Restriction
from agencies.permissions import Permission
from referrals.actions.exclude_colleague import exclude_colleague
from referrals.actions.release_restriction import release_restriction
from referrals.forms.restricted import ExcludeForm, ReleaseForm
from referrals.models import Referral
from referrals.permissions import check_can_exclude, check_can_release
from referrals.restricted import desk_colleagues
from referrals.selectors import readable_referral
from referrals.views.acting import saw


@permission(Permission.RESTRICTION_RELEASE, step_up=True)
@require_safe_or_post
def release(request: Request, referral_id: UUID) -> HttpResponse:
    """Send the referral on to the ordinary desks."""
    referral = _restricted(request, referral_id)
    check_can_release(request.user, referral)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        release_restriction(referral_id=referral.pk, reason=reason, by=request.user, now=timezone.now())
        messages.success(
            request, _("{ref} has been sent to the police and the council.").format(ref=referral.reference)
        )
        return redirect("desk:referral", referral.pk)
    return render(request, "referrals/release.html", {"form": form, "referral": referral})


@permission(Permission.EXCLUSION_ADD, step_up=True)
@require_safe_or_post
def exclude(request: Request, referral_id: UUID) -> HttpResponse:
    """Keep a colleague from the referral. Who excludes themselves is led home: they may not come back."""
    referral = _restricted(request, referral_id)
    check_can_exclude(request.user, referral)
    form = ExcludeForm(request.POST or None, colleagues=desk_colleagues(referral), me=request.user)
    if request.method == "POST" and form.is_valid():
        user_id = UUID(form.cleaned_data["user"])
        exclude_colleague(
            referral_id=referral.pk,
            user_id=user_id,
            why=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        if user_id == request.user.pk:
            messages.success(request, _("You are excluded from the referral."))
            return redirect("desk:home")
        messages.success(request, _("{name} is excluded, and is not told.").format(name=form.name_of(user_id)))
        return redirect("desk:referral", referral.pk)
    return render(request, "referrals/exclude.html", {"form": form, "referral": referral})


def _restricted(request: Request, referral_id: UUID) -> Referral:
    """The referral, where it is restricted still and the reader may know of it; else the page of an absent one."""
    referral = readable_referral(request.user, referral_id)
    get_object_or_404(Restriction, about=referral.pk, closed=False, released_at=None)
    saw(request, referral)
    return referral
