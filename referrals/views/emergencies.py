"""Breaking glass, and looking afterwards at how it was broken."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.permissions import Permission
from audit.access import looked
from audit.models import Entry
from audit.refusals import NotNow
from referrals.actions.break_glass import break_glass
from referrals.actions.review_emergency import review_emergency
from referrals.forms.opening import EmergencyForm, EmergencyReviewForm
from referrals.opened import emergencies, lately_reviewed, to_review

REVIEWED_SHOWN = 50


@permission(Permission.GLASS_BREAK, step_up=True)
@require_safe_or_post
def emergency(request: Request) -> HttpResponse:
    """Read at once what another agency has."""
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            access = break_glass(
                reference=given["reference"],
                minutes=given["minutes"],
                reason=given["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except NotNow as refusal:
            form.add_error("reference", str(refusal))
        else:
            messages.success(request, _("You can read it now. Its owners and a privacy officer are told."))
            return redirect("desk:referral", access.content_object_id)
    return render(request, "referrals/emergency.html", {"form": form})


@permission(Permission.GLASS_REVIEW)
@require_safe
def emergency_list(request: Request) -> HttpResponse:
    """What waits for review, and what was reviewed: who, when and which reference, and nothing of any referral."""
    waiting = to_review(request.user)
    reviewed = list(lately_reviewed(request.user)[:REVIEWED_SHOWN])
    shown = [str(access.content_object_id) for access in [*waiting, *reviewed] if not access.withheld]
    looked(kind=Entry.Kind.LISTED, by=request.user, now=timezone.now(), referrals=shown)
    return render(request, "referrals/emergencies.html", {"waiting": waiting, "reviewed": reviewed})


@permission(Permission.GLASS_REVIEW, step_up=True)
@require_safe_or_post
def emergency_review(request: Request, access_id: UUID) -> HttpResponse:
    """Read why somebody broke glass, and say whether it was justified."""
    access = get_object_or_404(emergencies(request.user), pk=access_id)
    form = EmergencyReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        review_emergency(
            access_id=access.pk,
            justified=form.cleaned_data["justified"],
            words=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Your review is saved."))
        return redirect("referrals:emergencies")
    if request.method != "POST":
        looked(kind=Entry.Kind.VIEWED, at_object=access, by=request.user, now=timezone.now())
    return render(request, "referrals/emergency_review.html", {"form": form, "access": access})
