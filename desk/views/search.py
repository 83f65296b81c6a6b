"""One box: reference, name in any spelling, date of birth, postcode."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.permissions import Permission
from agencies.signin.demanding import lead
from audit.access import looked
from audit.models import Entry
from audit.terms import hashed_terms
from desk.searching import Row, rows_of
from referrals.actions.search_records import search_records
from referrals.forms.search import SearchForm
from referrals.models import SearchPurpose
from referrals.purposes import purpose_of_searching
from referrals.searching.finding import find, own_search
from referrals.searching.typed import Typed, parse


@permission(Permission.RECORD_SEARCH)
@require_safe_or_post
def search(request: Request) -> HttpResponse:
    """Take what was typed, here or in the header of another page, and lead to what it finds."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        row = search_records(words=form.cleaned_data["search"], by=request.user, now=timezone.now())
        return redirect("desk:search-results", row.pk)
    return render(request, "desk/search.html", {"form": form, "searching": True})


@permission(Permission.RECORD_SEARCH)
@require_safe
def search_results(request: Request, search_id: UUID) -> HttpResponse:
    """What a search of the reader's own finds; before their first of the day they say why they search."""
    now = timezone.now()
    row = own_search(request.user, search_id, now=now)
    purpose = purpose_of_searching(request.user, now=now)
    if purpose is None:
        return lead(request, reverse("referrals:search-purpose"))
    typed = parse(row.words, today=timezone.localdate(row.made_at))
    finding = find(request.user, typed)
    rows = rows_of(request.user, finding.found)
    _put_on_record(request, typed, rows, purpose)
    context: dict[str, Any] = {
        "form": SearchForm(initial={"search": row.words}),
        "searching": True,
        "rows": rows,
        "more": finding.more,
        "unread": typed.unread,
    }
    return render(request, "desk/search_results.html", context)


def _put_on_record(request: Request, typed: Typed, rows: list[Row], purpose: SearchPurpose) -> None:
    """What was looked for, which only whoever knows it can read off the ledger, what was shown, and what for."""
    looked(
        kind=Entry.Kind.SEARCHED,
        by=request.user,
        now=timezone.now(),
        terms=hashed_terms(typed.terms, on=timezone.localdate()),
        referrals=[str(row.referral.pk) for row in rows],
        purpose=purpose.purpose,
        stated=str(purpose.pk),
    )
