"""Pages of the police: which police-led partnerships there are, one of them, and who owns it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.permissions import Permission
from agencies.views.trying import done
from agencies.working_days import london_date
from audit.access import looked
from audit.models import Entry
from people.clearance import how_cleared_among
from referrals.purposes import check_said_why
from referrals.views.acting import saw
from triage.actions.accept_ownership import accept_ownership
from triage.actions.decline_ownership import decline_ownership
from triage.actions.offer_ownership import offer_ownership
from triage.forms.partnership import ACCEPT, AnswerOwnershipForm, NameOwnerForm
from triage.models import Partnership
from triage.partnership_page import partnership_page
from triage.partnerships import able_to_own, ended_of, overdue_of, partnerships_of, running_of
from triage.permissions import check_can_assess, check_can_name_owner

# Of each, the page shows so many.
SHOWN = 100
SHOWS = {
    "open": gettext_lazy("Running"),
    "overdue": gettext_lazy("Review overdue"),
    "ended": gettext_lazy("Ended"),
}


@permission(Permission.PARTNERSHIP_READ)
@require_safe
def partnerships(request: Request) -> HttpResponse:
    """The partnerships of the reader's police agencies: those that run, are overdue, or have ended."""
    now, show = timezone.now(), request.GET.get("show", "")
    show = show if show in SHOWS else "open"
    found = {
        "overdue": lambda: overdue_of(request.user, now=now),
        "ended": lambda: ended_of(request.user),
    }.get(show, lambda: running_of(request.user))()[: SHOWN + 1]
    rows, cleared = list(found)[:SHOWN], how_cleared_among({row.person_id for row in found})
    looked(kind=Entry.Kind.LISTED, by=request.user, now=now, referrals=sorted(str(row.referral_id) for row in rows))
    today = london_date(now)
    context = {
        "rows": [(row, row.is_overdue(today), cleared.get(row.person_id, "")) for row in rows],
        "more": len(found) > SHOWN,
        "shows": [{"text": words, "href": f"?show={name}", "active": name == show} for name, words in SHOWS.items()],
        "show": show,
    }
    return render(request, "triage/partnerships.html", context)


@permission(Permission.PARTNERSHIP_READ)
@require_safe
def partnership(request: Request, partnership_id: UUID) -> HttpResponse:
    """Who owns it, its plan and reviews, what happened to it, and what the reader may do."""
    row = partnership_seen(request, partnership_id)
    context = {"row": row, "referral": row.referral, **partnership_page(request.user, row, now=timezone.now())}
    return render(request, "triage/partnership.html", context)


@permission(Permission.PARTNERSHIP_WORK)
@require_safe_or_post
def name_owner(request: Request, partnership_id: UUID) -> HttpResponse:
    """Name who is to own it, or hand it over: it counts once they accept."""
    row = partnership_seen(request, partnership_id)
    dispatch = check_can_name_owner(request.user, row)
    form = NameOwnerForm(request.POST or None, colleagues=able_to_own(dispatch), me=request.user)
    return act_on(
        request,
        row,
        form,
        lambda: offer_ownership(
            partnership_id=row.pk,
            to_id=form.to_id,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        ),
        page="name_owner",
        said=_("They are asked. It is theirs once they accept."),
    )


@permission(Permission.PARTNERSHIP_WORK)
@require_safe_or_post
def answer(request: Request, partnership_id: UUID) -> HttpResponse:
    """Accept or decline to own it."""
    row = partnership_seen(request, partnership_id)
    check_can_assess(request.user, Permission.PARTNERSHIP_WORK, row.referral)
    form = AnswerOwnershipForm(request.POST or None)

    def do() -> None:
        if form.cleaned_data["said"] == ACCEPT:
            accept_ownership(partnership_id=row.pk, by=request.user, now=timezone.now())
        else:
            reason = form.cleaned_data["reason"]
            decline_ownership(partnership_id=row.pk, reason=reason, by=request.user, now=timezone.now())

    offered = row.handovers.filter(to=request.user).select_related("offered_by").order_by("-offered_at").first()
    said = _("Your answer is on record.")
    return act_on(request, row, form, do, page="answer_ownership", said=said, refused_at=None, offered=offered)


def partnership_seen(request: Request, partnership_id: UUID) -> Partnership:
    """The one with this id, if the reader reads it; otherwise the page of an absent one. A look is on record."""
    row: Partnership = get_object_or_404(partnerships_of(request.user), pk=partnership_id)
    check_said_why(request, [row.referral_id])
    saw(request, row.referral)
    return row


def act_on(
    request: Request,
    row: Partnership,
    form: forms.Form,
    do: Callable[[], Any],
    *,
    page: str,
    said: str | Promise,
    refused_at: str | None = "reason",
    **context: Any,
) -> HttpResponse:
    """Show the form, or do what it says and go to the partnership; what it cannot be now is said at the field."""
    if done(request, form, do, said=said, refused_at=refused_at):
        return redirect("triage:partnership", row.pk)
    back = reverse("triage:partnership", args=[row.pk])
    context |= {"row": row, "referral": row.referral, "form": form, "back": back}
    return render(request, f"triage/{page}.html", context)
