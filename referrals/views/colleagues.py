"""A supervisor's colleagues: what each has to work, giving it to others, and leaving."""

from itertools import cycle
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.actions.end_membership import end_membership
from agencies.keyset import KeysetPage, page_asked_for
from agencies.models import Agency, Membership, User
from agencies.permissions import Permission, agencies_where
from agencies.selectors import away_now, holding, memberships_of
from audit.access import looked
from audit.models import Entry
from audit.refusals import NotNow
from referrals.actions.reassign_dispatch import reassign_dispatch
from referrals.cleared import mark_cleared
from referrals.forms.work import ReassignForm
from referrals.models import Dispatch
from referrals.repeats import mark_repeats
from referrals.selectors import assigned_to, work_by_colleague


@permission(Permission.DISPATCH_SUPERVISE)
@require_safe
def colleagues(request: Request) -> HttpResponse:
    """Who works for the agencies that the reader supervises, with how much, and who is away."""
    agencies = agencies_where(request.user, Permission.DISPATCH_SUPERVISE)
    today = timezone.localdate()
    counts = work_by_colleague(request.user, agencies)
    away = {(each.user_id, each.agency_id): each for each in away_now(*agencies)}
    rows = [
        {
            "membership": membership,
            "count": counts.get((membership.agency_id, membership.user_id), 0),
            "absence": away.get((membership.user_id, membership.agency_id)),
            "oneself": membership.user_id == request.user.pk,
        }
        for membership in memberships_of(agencies, on=today)
    ]
    unassigned = [(agency, counts.get((agency.pk, None), 0)) for agency in agencies]
    context = {"rows": rows, "unassigned": unassigned, "several_agencies": len(agencies) > 1}
    return render(request, "referrals/colleagues.html", context)


@permission(Permission.DISPATCH_SUPERVISE)
@require_safe_or_post
def reassign(request: Request, agency_id: UUID, user_id: UUID | None = None) -> HttpResponse:
    """Give selected referrals of one colleague, or of nobody, to others."""
    agency = _agency(request, agency_id)
    had_by = get_object_or_404(User, pk=user_id) if user_id else None
    page = _page(request, agency, user_id)
    form = ReassignForm(
        request.POST or None,
        rows=[(str(row.pk), row.referral.reference) for row in page.rows],
        colleagues=[user for user in _able(agency) if user != had_by],
        away={absence.user_id: absence for absence in away_now(agency)},
    )
    if request.method == "POST" and form.is_valid():
        _reassign(request, form, user_id)
        return redirect("referrals:colleagues")
    mark_repeats(request.user, page.rows)
    mark_cleared(page.rows)
    shown = [str(row.referral_id) for row in page.rows]
    looked(kind=Entry.Kind.LISTED, by=request.user, now=timezone.now(), referrals=shown)
    context = {"form": form, "page": page, "agency": agency, "had_by": had_by, "address": ""}
    return render(request, "referrals/reassign.html", context)


def _reassign(request: Request, form: ReassignForm, from_id: UUID | None) -> None:
    """One transaction for each: what somebody else has moved meanwhile stays where it is, and is counted."""
    given: dict[str, Any] = form.cleaned_data
    done = kept = 0
    for row, to in zip(given["rows"], cycle(given["to"]), strict=False):
        try:
            reassign_dispatch(
                dispatch_id=UUID(row),
                from_id=from_id,
                to_id=UUID(to),
                reason=given["reason"],
                by=request.user,
                now=timezone.now(),
            )
            done += 1
        except NotNow:
            kept += 1
    said = ngettext("{count} referral is reassigned.", "{count} referrals are reassigned.", done).format(count=done)
    messages.success(request, said)
    if kept:
        said = ngettext(
            "{count} had been assigned by somebody else meanwhile and stays there.",
            "{count} had been assigned by somebody else meanwhile and stay there.",
            kept,
        )
        messages.warning(request, said.format(count=kept))


@permission(Permission.MEMBERSHIP_END, step_up=True)
@require_safe_or_post
def leave(request: Request, membership_id: UUID) -> HttpResponse:
    """Somebody leaves the agency: asked once, then done at once."""
    supervised = agencies_where(request.user, Permission.MEMBERSHIP_END)
    found = memberships_of(supervised, on=timezone.localdate()).exclude(user=request.user)
    membership: Membership = get_object_or_404(found, pk=membership_id)
    if request.method == "POST":
        end_membership(membership_id=membership.pk, by=request.user, now=timezone.now())
        messages.success(
            request,
            _("{name} no longer works for {agency}.").format(name=membership.user.name, agency=membership.agency),
        )
        return redirect("referrals:colleagues")
    counts = work_by_colleague(request.user, [membership.agency])
    context = {"membership": membership, "count": counts.get((membership.agency_id, membership.user_id), 0)}
    return render(request, "referrals/leave.html", context)


def _agency(request: Request, agency_id: UUID) -> Agency:
    theirs = [agency.pk for agency in agencies_where(request.user, Permission.DISPATCH_SUPERVISE)]
    return get_object_or_404(Agency.objects.filter(pk__in=theirs), pk=agency_id)


def _page(request: Request, agency: Agency, user_id: UUID | None) -> "KeysetPage[Dispatch]":
    return page_asked_for(assigned_to(request.user, agency, user_id), request.GET, key="sent_at")


def _able(agency: Agency) -> list[User]:
    return list(holding(agency, Permission.DISPATCH_READ, on=timezone.localdate()))
