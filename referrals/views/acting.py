"""A page with a form that does one thing to a referral: shown, refused beside the field, or done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise

from agencies.access import Request
from agencies.permissions import agencies_where
from agencies.views.trying import done
from audit.access import looked
from audit.models import Entry
from referrals.models import Dispatch, Referral
from referrals.selectors import can_read, dispatches_of


def dispatch_of(request: Request, dispatch_id: UUID) -> Dispatch:
    """The dispatch, if it is one of the reader's; otherwise the page of an absent one. A look is on the record.

    What opens the page they must hold in the agency that has it: a role elsewhere opens it for what is there.
    """
    found = dispatches_of(request.user).filter(agency__in=agencies_where(request.user, request.needed))
    dispatch: Dispatch = get_object_or_404(found.select_related("referral__person", "agency"), pk=dispatch_id)
    saw(request, dispatch.referral)
    return dispatch


def saw(request: Request, referral: Referral) -> None:
    """Put on record that the reader was shown something of a referral."""
    if request.method != "POST":
        looked(kind=Entry.Kind.VIEWED, at_object=referral, by=request.user, now=timezone.now())


def act(
    request: Request,
    form: forms.Form,
    do: Callable[[], Any],
    *,
    page: str,
    referral: Referral,
    said: str | Promise,
    refused_at: str | None = "reason",
    **context: Any,
) -> HttpResponse:
    """Show the form, or do what it says and go to the referral: to one's work where one can read it no more.

    What the state of the record does not permit is said beside the field `refused_at`, above the form where there is
    none; nothing typed is lost. `page` is a template of this room, or of another with its folder.
    """
    if done(request, form, do, said=said, refused_at=refused_at):
        reads_on = can_read(request.user, referral.pk)
        return redirect("desk:referral", referral.pk) if reads_on else redirect("desk:home")
    context |= {"form": form, "referral": referral}
    return render(request, f"{page}.html" if "/" in page else f"referrals/{page}.html", context)
