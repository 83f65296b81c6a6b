"""The inbox: what was sent to one's agencies."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import Request, permission
from agencies.keyset import keyset_page
from agencies.permissions import Permission, agencies_where
from audit.access import looked
from audit.models import Entry
from referrals.forms.work import InboxFilterForm
from referrals.reference import NotAReference, normalise_reference
from referrals.selectors import InboxFilters, inbox


@permission(Permission.DISPATCH_READ)
@require_safe
def inbox_page(request: Request) -> HttpResponse:
    """One page of dispatches, newest first, narrowed by the filters in the address."""
    form = InboxFilterForm(request.GET)
    filters = _filters(form)
    page = keyset_page(
        inbox(request.user, filters=filters),
        key="sent_at",
        older_than=request.GET.get("older_than", ""),
        newer_than=request.GET.get("newer_than", ""),
    )
    shown = [str(row.referral_id) for row in page.rows]
    looked(kind=Entry.Kind.LISTED, by=request.user, now=timezone.now(), referrals=shown)
    context = {
        "form": form, "page": page, "filtered": filters != InboxFilters(), "address": _address(request),
        "several_agencies": len(agencies_where(request.user, Permission.DISPATCH_READ)) > 1,
    }  # fmt: skip
    return render(request, "referrals/inbox.html", context)


def _filters(form: InboxFilterForm) -> InboxFilters:
    """The filters that make sense; a reference that is none is an error beside its field and finds nothing else."""
    form.is_valid()
    given: dict[str, Any] = form.cleaned_data
    reference = given.get("reference", "")
    if reference:
        try:
            reference = normalise_reference(reference)
        except NotAReference as problem:
            form.add_error("reference", str(problem))
            reference = ""
    return InboxFilters(
        state=given.get("state", ""),
        assigned=given.get("assigned", ""),
        flags=tuple(given.get("flags", ())),
        reference=reference,
    )


def _address(request: Request) -> str:
    """The filters as a query string, for the links to the neighbouring pages."""
    kept = request.GET.copy()
    for name in ("older_than", "newer_than"):
        kept.pop(name, None)
    return kept.urlencode()
