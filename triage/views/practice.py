"""Pages of good practice: a region offers it, headquarters decide about it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission, agencies_where
from agencies.views.trying import tried
from triage.actions.decline_practice import decline_practice
from triage.actions.offer_practice import offer_practice
from triage.actions.publish_practice import publish_practice
from triage.actions.withdraw_practice import withdraw_practice
from triage.forms.practice import DECLINE, PUBLISH, DecideForm, OfferForm
from triage.models import PracticeNote
from triage.standards import latest, steps_of


@permission(Permission.STANDARD_READ)
@require_safe_or_post
def offer(request: Request) -> HttpResponse:
    """Offer good practice beside a step of the standards."""
    current = latest()
    agencies = agencies_where(request.user, Permission.STANDARD_READ)
    steps = steps_of(current) if current else []
    form = OfferForm(
        request.POST or None, steps=steps, agencies=agencies, initial={"step": request.GET.get("step", "")}
    )
    if request.method == "POST" and form.is_valid() and tried(form, lambda: _offer(request, form)):
        messages.success(request, _("Headquarters decide whether all regions see it."))
        return redirect("triage:standards")
    return render(request, "triage/offer_practice.html", {"form": form, "steps": steps})


def _offer(request: Request, form: OfferForm) -> PracticeNote:
    given = form.cleaned_data
    return offer_practice(
        agency_id=form.agency_id, step_code=given["step"], words=given["words"], by=request.user,
        now=timezone.now(),
    )  # fmt: skip


@permission(Permission.STANDARD_WRITE)
@require_safe_or_post
def practice(request: Request, practice_id: UUID) -> HttpResponse:
    """Publish what a region offered, or not; withdraw what is published."""
    note = get_object_or_404(PracticeNote.objects.select_related("region"), pk=practice_id)
    form = DecideForm(request.POST or None, note=note)
    if request.method == "POST" and form.is_valid() and tried(form, lambda: _decide(request, note, form)):
        messages.success(request, _("This is what becomes of it: {state}.").format(state=_state_of(note)))
        return redirect("triage:standards")
    return render(request, "triage/practice.html", {"form": form, "note": note})


def _decide(request: Request, note: PracticeNote, form: DecideForm) -> PracticeNote:
    said, reason = form.cleaned_data["said"], form.cleaned_data["reason"]
    if said == PUBLISH:
        return publish_practice(practice_id=note.pk, by=request.user, now=timezone.now())
    decided = decline_practice if said == DECLINE else withdraw_practice
    return decided(practice_id=note.pk, reason=reason, by=request.user, now=timezone.now())


def _state_of(note: PracticeNote) -> str:
    note.refresh_from_db()
    return str(note.get_state_display()).lower()
