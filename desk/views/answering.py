"""Answering another agency's request, and the files of answers."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.access import Request, permission, record_refused, require_safe, require_safe_or_post
from agencies.permissions import Permission
from agencies.signin.sessions import number_of, stands
from audit.access import looked
from audit.models import Entry
from audit.refusals import NotNow
from desk.forms.requests import AnswerForm
from documents.actions.add_answer_file import add_answer_file
from documents.answers import answer_file, can_read_answer_file, files_of
from documents.downloads import download
from documents.kinds import MOST
from documents.models import Document
from documents.receiving import receives_files
from documents.storing import Kept
from documents.taking import take, together
from people.actions.answer_request import answer_request
from people.models import InformationRequest
from people.requests import answers_to, requests_to


@permission(Permission.REQUEST_ANSWER)
@receives_files
@require_safe_or_post
def answer(request: Request, request_id: UUID) -> HttpResponse:
    """Write an answer, and add files. Those that are taken stay, also where another is not and nothing is sent yet."""
    found: InformationRequest = requests_to(request.user).get(pk=request_id)
    form = AnswerForm(request.POST, request.FILES) if request.method == "POST" else AnswerForm()
    if request.method != "POST":
        looked(kind=Entry.Kind.VIEWED, at_object=found, by=request.user, now=timezone.now())
    elif form.is_valid() and _answered(request, found, form):
        return redirect("desk:request", found.pk)
    context = {"form": form, "found": found, "said": [] if found.is_taken_back else answers_to(found)}
    return render(request, "desk/answer_request.html", context)


def _answered(request: Request, found: InformationRequest, form: AnswerForm) -> bool:
    """Keep the files, then the words: whether all of it was taken. What was not is said beside its field."""
    files = form.cleaned_data["documents"]
    problems = take(files, room=MOST - len(files_of(found)), store=lambda kept: _add(request, found, kept))
    if taken := len(files) - len(problems):
        said = ngettext("%(count)s file is added.", "%(count)s files are added.", taken)
        messages.success(request, said % {"count": taken})
    if problems:
        form.add_error("documents", together(problems))
        return False
    try:
        answer_request(request_id=found.pk, words=form.cleaned_data["words"], by=request.user, now=timezone.now())
    except NotNow as refusal:
        record_refused(request, refusal)
        form.add_error("words", str(refusal))
        return False
    messages.success(request, _("You have answered. The other agency is told."))
    return True


def _add(request: Request, found: InformationRequest, kept: Kept) -> Document:
    document: Document = add_answer_file(request_id=found.pk, kept=kept, by=request.user, now=timezone.now())
    return document


@permission(Permission.REQUEST_ANSWER)
@require_safe
def request_file(request: Request, file_id: UUID) -> HttpResponse:
    """Download a file of an answer that the scanner found clean. Who asked is on the record before a byte is sent."""
    wanted = answer_file(request.user, file_id)
    reader, session = request.user.pk, number_of(request)
    response = download(wanted, still=lambda: stands(session, of=reader) and can_read_answer_file(reader, wanted.pk))
    looked(kind=Entry.Kind.DOWNLOADED, at_object=wanted, by=request.user, now=timezone.now(), recipient=reader)
    return cast(HttpResponse, response)  # a streaming one, of which `View` need not know
