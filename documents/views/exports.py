"""Exports: asking for one, seeing how far it is, having its file, deleting it."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_post, require_safe, require_safe_or_post
from agencies.permissions import NOT_ALLOWED, Permission
from agencies.purposes import Purpose
from agencies.signin.sessions import number_of
from audit.access import looked
from audit.models import Entry
from audit.refusals import Forbidden, NotNow
from documents.actions.ask_for_export import ask_for_export
from documents.actions.cancel_export import cancel_export
from documents.downloads import download_export
from documents.exporting import kind_of, plain
from documents.forms.export import ExportForm
from documents.permissions import can_export
from documents.selectors import exports_of, still_downloads

SHOWN = 20


@permission(Permission.EXPORT_MAKE)
@require_safe
def exports(request: Request) -> HttpResponse:
    """One's own exports, the newest first."""
    rows = list(exports_of(request.user)[:SHOWN])
    for export in rows:
        export.title = kind_of(export.kind).title
    return render(request, "documents/exports.html", {"exports": rows})


@permission(Permission.EXPORT_MAKE, step_up=True)
@require_safe_or_post
def new_export(request: Request, kind: str) -> HttpResponse:
    """Say what a list is needed for, and have it made: narrowed as the address says, like the page it comes from."""
    wanted = kind_of(kind)
    agencies = [each for each in request.user.agencies if can_export(request.user, each, wanted.needed)]
    if not agencies:
        raise Forbidden(NOT_ALLOWED)
    filters = wanted.form(request.GET)
    if not filters.is_valid():
        return redirect(wanted.page)
    narrowed = {name: plain(given) for name, given in filters.cleaned_data.items() if given}
    form = ExportForm(request.POST or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        try:
            export = ask_for_export(
                kind=kind,
                agency=form.picked_agency,
                filters=narrowed,
                purpose=Purpose(form.cleaned_data["purpose"]),
                words=form.cleaned_data["words"],
                session=number_of(request),
                by=request.user,
                now=timezone.now(),
            )
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("documents:export", export.pk)
    context = {
        "form": form,
        "kind": wanted,
        "said": wanted.said(narrowed, request.user),
        "address": request.GET.urlencode(),
    }
    return render(request, "documents/new_export.html", context)


@permission(Permission.EXPORT_MAKE)
@require_safe
def export(request: Request, export_id: UUID) -> HttpResponse:
    """How far an export of one's own is, and what can be done with it."""
    found = get_object_or_404(exports_of(request.user), pk=export_id)
    kind = kind_of(found.kind)
    context = {"export": found, "kind": kind, "said": kind.said(found.filters, request.user)}
    return render(request, "documents/export.html", context)


@permission(Permission.EXPORT_MAKE)
@require_post
def delete_export(request: Request, export_id: UUID) -> HttpResponse:
    """Cancel it while it is made, or delete its file."""
    found = get_object_or_404(exports_of(request.user), pk=export_id)
    cancel_export(export_id=found.pk, by=request.user, now=timezone.now())
    messages.success(request, _("The export is deleted."))
    return redirect("documents:exports")


@permission(Permission.EXPORT_MAKE, step_up=True, gives_file=True)
@require_safe
def export_file(request: Request, export_id: UUID) -> HttpResponse:
    """Download the file. Who asked is on the record before a byte is sent."""
    found = get_object_or_404(exports_of(request.user), pk=export_id)
    session = number_of(request)
    response = download_export(
        found,
        reader=request.user,
        still=lambda: still_downloads(found.pk, request.user.pk, session=session),
        now=timezone.now(),
    )
    looked(
        kind=Entry.Kind.DOWNLOADED,
        at_object=found,
        by=request.user,
        now=timezone.now(),
        recipient=request.user.pk,
        sha256=found.digest,
    )
    return cast(HttpResponse, response)  # a streaming one, of which `View` need not know
