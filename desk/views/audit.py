"""The ledger as auditors read it. Every page of it is on the ledger itself."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.models import User
from agencies.permissions import Permission, can
from audit.access import looked
from audit.models import Entry
from audit.partitions import known_since
from desk.audit.forms import FindForm, LedgerForm, QuestionsForm
from desk.audit.patterns import Asked, Pattern, questions
from desk.audit.selectors import (
    auditable_referrals,
    auditable_users,
    entries_about,
    entries_for,
    narrowed,
    page_of,
    reads_all,
    users_called,
)
from desk.audit.sentences import lines
from desk.audit.summary import who_looked
from referrals.models import Referral

PEOPLE_SHOWN = 50


@permission(Permission.AUDIT_READ)
@require_safe
def audit(request: Request) -> HttpResponse:
    """All that the auditor may read, the latest first."""
    return _ledger(request, "desk/audit/ledger.html", entries_for(request.user))


@permission(Permission.AUDIT_READ)
@require_safe
def audit_refused(request: Request) -> HttpResponse:
    """What was tried and refused."""
    refused = entries_for(request.user).filter(kind=Entry.Kind.REFUSED)
    return _ledger(
        request, "desk/audit/refused.html", refused, operations=False, part={"refused": "on", "service": "too"}
    )


@permission(Permission.AUDIT_READ)
@require_safe
def audit_referral(request: Request, referral_id: UUID) -> HttpResponse:
    """Who looked at the person of one referral, whether it was assigned to them, and all else that was done."""
    referral: Referral = auditable_referrals(request.user, [referral_id]).get()
    about = entries_about(entries_for(request.user), referral)
    looks = who_looked(request.user, referral, about)
    more: dict[str, Any] = {"referral": referral, "looks": looks, "part": {"referral": referral.pk}}
    return _ledger(request, "desk/audit/referral.html", about, at_object=referral, **more)


@permission(Permission.AUDIT_READ)
@require_safe
def audit_user(request: Request, user_id: UUID) -> HttpResponse:
    """What one colleague did. What would name a referrer who asked not to be named is left out."""
    user: User = auditable_users(request.user).get(pk=user_id)
    theirs = entries_for(request.user).filter(actor=user.pk)
    return _ledger(request, "desk/audit/user.html", theirs, at_object=user, colleague=user, part={"colleague": user.pk})


@permission(Permission.AUDIT_READ)
@require_safe_or_post
def audit_find(request: Request) -> HttpResponse:
    """Lead to a referral by its reference, or to a colleague by name; of several, let the auditor pick."""
    form, found = FindForm(request.POST if request.method == "POST" else None), list[User]()
    if form.is_valid() and (reference := form.cleaned_data["reference"]):
        wanted = auditable_referrals(request.user).filter(reference=reference).first()
        looked(kind=Entry.Kind.SEARCHED, by=request.user, now=timezone.now(), reference=reference)
        if wanted:
            return redirect("desk:audit-referral", wanted.pk)
        form.add_error("reference", _("You may ask about no referral with this reference"))
    elif form.is_valid():
        found = list(users_called(request.user, form.cleaned_data["name"])[: PEOPLE_SHOWN + 1])
        shown = [str(user.pk) for user in found[:PEOPLE_SHOWN]]
        looked(kind=Entry.Kind.SEARCHED, by=request.user, now=timezone.now(), people=shown)
        if len(found) == 1:
            return redirect("desk:audit-user", found[0].pk)
        if not found:
            form.add_error("name", _("You may look through the work of nobody with this name"))
    context = {"form": form, "found": found[:PEOPLE_SHOWN], "more": len(found) > PEOPLE_SHOWN}
    return render(request, "desk/audit/find.html", context)


@permission(Permission.AUDIT_READ)
@require_safe
def audit_questions(request: Request) -> HttpResponse:
    """What may be worth a question in some days: asked when the days are given, and kept nowhere."""
    form, patterns = QuestionsForm(request.GET or None), list[Pattern]()
    if form.is_valid():
        asked = Asked(request.user, **form.cleaned_data)
        patterns = questions(asked)
        looked(kind=Entry.Kind.LISTED, by=request.user, now=timezone.now(), questions=_asked(form.cleaned_data))
    return render(request, "desk/audit/questions.html", {"form": form, "patterns": patterns})


def _ledger(
    request: Request,
    template: str,
    entries: QuerySet[Entry],
    *,
    at_object: models.Model | None = None,
    operations: bool = True,
    part: Mapping[str, Any] | None = None,
    **more: Any,
) -> HttpResponse:
    """One page of entries in sentences, narrowed by the filters in the address, and on the record as looked at.

    `part` says of which part of the ledger the page is, as a filter of its export.
    """
    form = LedgerForm(request.GET)
    if not operations:
        del form.fields["operation"], form.fields["service"]
    given = form.cleaned_data if form.is_valid() else {}
    page = page_of(narrowed(entries, **given) if form.is_valid() else Entry.objects.none(), request.GET)
    said = [line for line in lines(request.user, page.rows) if not (line.unnamed and "colleague" in more)]
    looked(kind=Entry.Kind.LISTED, at_object=at_object, by=request.user, now=timezone.now(), ledger=_asked(given))
    context = {
        "form": form,
        "page": page,
        "lines": said,
        "filtered": bool(form.errors) or any(given.values()),
        "address": _address(request),
        "export": _address(request, part or {}),
        "known_since": known_since(),
        "reads_all": reads_all(request.user),
        "may_export": can(request.user, Permission.EXPORT_MAKE),
        **more,
    }
    return render(request, template, context)


def _asked(given: dict[str, Any]) -> dict[str, str]:
    """The filters as the ledger keeps them."""
    return {name: str(value) for name, value in given.items() if value}


def _address(request: Request, part: Mapping[str, Any] | None = None) -> str:
    """The filters as a query string, for the links to the neighbouring pages, or with a `part` to the export."""
    kept = request.GET.copy()
    for name, given in (part or {}).items():
        kept[name] = str(given)
    for name in ("older_than", "newer_than"):
        kept.pop(name, None)
    return kept.urlencode()
