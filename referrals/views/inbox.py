"""The inbox: what was sent to one's agencies."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from agencies.access import Request, permission, require_safe
from agencies.keyset import page_asked_for
from agencies.permissions import Permission, agencies_where, can
from agencies.signin.demanding import lead
from audit.access import looked
from audit.models import Entry
from referrals.cleared import mark_cleared
from referrals.forms.work import InboxFilterForm
from referrals.models import Dispatch, SearchPurpose
from referrals.purposes import purpose_of_searching, to_explain
from referrals.repeats import mark_repeats
from referrals.selectors import InboxFilters, inbox, offers_to

OFFERS_SHOWN = 20


@permission(Permission.DISPATCH_READ)
@require_safe
def inbox_page(request: Request) -> HttpResponse:
    """One page of dispatches, newest first, narrowed by the filters in the address."""
    form = InboxFilterForm(request.GET)
    filters = _filters(form)
    found = inbox(request.user, filters=filters) if form.is_valid() else Dispatch.objects.none()
    page = page_asked_for(found, request.GET, key="sent_at")
    purpose = purpose_of_searching(request.user, now=timezone.now()) if filters.reference else None
    if filters.reference and purpose is None and _finds_others(request, page.rows):
        return lead(request, reverse("referrals:search-purpose"))
    offers = list(offers_to(request.user)[:OFFERS_SHOWN])
    shown = page.rows + [offer.dispatch for offer in offers]
    _put_on_record(request, filters, shown, purpose)
    mark_repeats(request.user, shown)
    mark_cleared(page.rows)
    context = {
        "form": form,
        "page": page,
        "offers": offers,
        "filtered": bool(form.errors) or filters != InboxFilters(),
        "address": _address(request),
        "may_export": can(request.user, Permission.EXPORT_MAKE),
        "several_agencies": len(agencies_where(request.user, Permission.DISPATCH_READ)) > 1,
    }
    return render(request, "referrals/inbox.html", context)


def _filters(form: InboxFilterForm) -> InboxFilters:
    """The filters that make sense; what does not has its error beside it, and then nothing is found."""
    form.is_valid()
    given: dict[str, Any] = form.cleaned_data
    return InboxFilters(
        state=given.get("state", ""),
        assigned=given.get("assigned", ""),
        flags=tuple(given.get("flags", ())),
        reference=given.get("reference", ""),
        waiting=given.get("waiting", ""),
        agency=given.get("agency", ""),
    )


def _finds_others(request: Request, rows: list[Dispatch]) -> bool:
    """Whether something was found for which the reader must say why they look."""
    return bool(rows) and to_explain(request.user, [row.referral_id for row in rows], now=timezone.now()).exists()


def _put_on_record(
    request: Request, filters: InboxFilters, rows: list[Dispatch], purpose: SearchPurpose | None
) -> None:
    """A list shown, or a reference looked for, whether it was found or not, and what for."""
    details: dict[str, Any] = {"referrals": [str(row.referral_id) for row in rows]}
    if filters.reference:
        details["reference"] = filters.reference
    if purpose:
        details |= {"purpose": purpose.purpose, "stated": str(purpose.pk)}
    kind = Entry.Kind.SEARCHED if filters.reference else Entry.Kind.LISTED
    looked(kind=kind, by=request.user, now=timezone.now(), **details)


def _address(request: Request) -> str:
    """The filters as a query string, for the links to the neighbouring pages."""
    kept = request.GET.copy()
    for name in ("older_than", "newer_than"):
        kept.pop(name, None)
    return kept.urlencode()
