"""Documents beside a referral: adding them, and downloading one."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.permissions import Permission
from agencies.signin.sessions import number_of, stands
from audit.access import looked
from audit.models import Entry
from documents.downloads import download
from documents.forms.document import DocumentForm
from documents.kinds import MOST
from documents.models import Document
from documents.receiving import receives_files
from documents.storing import Kept
from documents.taking import take, together
from referrals.actions.add_document import add_document
from referrals.models import Dispatch
from referrals.selectors import can_read_document, readable_document
from referrals.views.acting import dispatch_of


@permission(Permission.DOCUMENT_ADD)
@receives_files
@require_safe_or_post
def add(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Upload files and say where they are from. Those that are taken stay, also where another is not."""
    dispatch = dispatch_of(request, dispatch_id)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if request.method == "POST" and form.is_valid():
        files = form.cleaned_data["documents"]
        problems = take(files, room=MOST, store=lambda kept: _add(request, dispatch, form, kept))
        if taken := len(files) - len(problems):
            said = ngettext("%(count)s document is added.", "%(count)s documents are added.", taken)
            messages.success(request, said % {"count": taken})
        if not problems:
            return redirect(f"{dispatch.get_absolute_url()}#documents")
        form.add_error("documents", together(problems))
    return render(request, "referrals/add_document.html", {"form": form, "dispatch": dispatch})


def _add(request: Request, dispatch: Dispatch, form: DocumentForm, kept: Kept) -> Document:
    said = form.cleaned_data
    return add_document(
        dispatch_id=dispatch.pk,
        kept=kept,
        source=said["source"],
        caveat=said["caveat"],
        by=request.user,
        now=timezone.now(),
    )


@permission(Permission.REFERRAL_READ)
@require_safe
def document(request: Request, document_id: UUID) -> HttpResponse:
    """Download a document that the scanner found clean. Who asked is on the record before a byte is sent."""
    wanted = readable_document(request.user, document_id)
    reader, session = request.user.pk, number_of(request)
    response = download(wanted, still=lambda: stands(session, of=reader) and can_read_document(reader, wanted.pk))
    looked(kind=Entry.Kind.DOWNLOADED, at_object=wanted, by=request.user, now=timezone.now(), recipient=reader)
    return cast(HttpResponse, response)  # a streaming one, of which `View` need not know
