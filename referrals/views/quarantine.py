"""The quarantine: floods of near-identical referrals, and what the national desk decides about them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.keyset import page_asked_for
from agencies.permissions import Permission
from agencies.signin.demanding import lead
from audit.access import looked
from audit.models import Entry
from referrals import quarantine
from referrals.actions.decide_flood import decide_flood
from referrals.actions.reject_referral import reject_referral
from referrals.actions.release_referral import release_referral
from referrals.forms.quarantine import DecisionForm
from referrals.masking import sections_shown
from referrals.models import FloodOutcome
from referrals.purposes import purpose_of_searching, to_explain
from referrals.side_by_side import side_by_side


@permission(Permission.QUARANTINE_DECIDE)
@require_safe
def quarantine_page(request: Request) -> HttpResponse:
    """The groups that wait, and those lately decided."""
    context = {"waiting": quarantine.waiting(), "decided": quarantine.lately_decided(timezone.now())}
    return render(request, "referrals/quarantine.html", context)


@permission(Permission.QUARANTINE_DECIDE)
@require_safe_or_post
def group(request: Request, flood_id: UUID) -> HttpResponse:
    """One group: how many, a few side by side, and the decision about all that are held."""
    flood = get_object_or_404(quarantine.floods().select_related("decided_by"), pk=flood_id)
    sample, now = quarantine.sample_of(flood, reader=request.user), timezone.now()
    page = page_asked_for(quarantine.quarantined(request.user).filter(flood=flood), request.GET, key="held_at")
    shown = sorted({referral.pk for referral in sample} | {row.referral_id for row in page.rows})
    purpose = purpose_of_searching(request.user, now=now)
    if purpose is None and to_explain(request.user, shown, now=now, held=True).exists():
        return lead(request, reverse("referrals:search-purpose"))
    form = DecisionForm(request.POST or None, several=True)
    if request.method == "POST" and form.is_valid():
        decide_flood(flood_id=flood.pk, by=request.user, now=now, **_decision(form))
        messages.success(request, _("Your decision is being carried out. This page shows how far it is."))
        return redirect("referrals:quarantine-group", flood.pk)
    said: dict[str, Any] = {"purpose": purpose.purpose, "stated": str(purpose.pk)} if purpose else {}
    looked(kind=Entry.Kind.LISTED, by=request.user, now=now, referrals=[str(pk) for pk in shown], **said)
    context = {
        "flood": flood,
        "form": form,
        "page": page,
        "sample": sample,
        "lines": side_by_side(sample) if sample else [],
    }
    return render(request, "referrals/quarantine_group.html", context)


@permission(Permission.QUARANTINE_DECIDE)
@require_safe_or_post
def quarantined(request: Request, referral_id: UUID) -> HttpResponse:
    """One referral that is held or was rejected: its answers, and the decision about it alone."""
    row = get_object_or_404(
        quarantine.quarantined(request.user).select_related("referral__referrer"), referral_id=referral_id
    )
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decision = _decision(form)
        released = decision.pop("outcome") == FloodOutcome.RELEASED
        decide = release_referral if released else reject_referral
        decide(referral_id=referral_id, decided_by=request.user, by=request.user, now=timezone.now(), **decision)
        words = _("You have released {ref}.") if released else _("You have rejected {ref}. It stays stored.")
        messages.success(request, words.format(ref=row.referral.reference))
        return redirect("referrals:quarantine-group", row.flood_id)
    looked(kind=Entry.Kind.VIEWED, at_object=row.referral, by=request.user, now=timezone.now())
    sections = sections_shown(row.referral)
    context = {"row": row, "referral": row.referral, "person": row.referral.person, "form": form, "sections": sections}
    return render(request, "referrals/quarantined.html", context)


def _decision(form: DecisionForm) -> dict[str, Any]:
    return {"outcome": FloodOutcome(form.cleaned_data["outcome"]), "reason": form.cleaned_data["reason"]}
