"""Files on a page of the form: kept as they come, whatever else on the page is still missing."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.limits import Doing
from documents.forms.fields import files_field
from documents.kinds import MOST
from documents.selectors import uploads_of
from documents.taking import take, together
from referrals.actions.add_upload import add_upload
from referrals.actions.drop_upload import drop_upload
from referrals.forms.page_form import PageForm
from referrals.models import Draft
from referrals.views.entrance import Entrance
from referrals.views.waiting import wait_for_draft

FIELD = "documents"


def is_from_script(request: HttpRequest) -> bool:
    """Whether the page's script sends files alone, and wants nothing back but their list."""
    return request.method == "POST" and "fragment" in request.POST


def fragment(request: HttpRequest, entrance: Entrance, draft: Draft) -> HttpResponse:
    """Keep or remove what the script sent, and answer with the list of files."""
    problems = _receive(request, entrance, draft)
    context = {"uploads": uploads_of(draft.pk), "problems": problems}
    return render(request, "front_door/parts/uploads.html", context)


def receive_beside(form: PageForm, request: HttpRequest, entrance: Entrance, draft: Draft) -> bool:
    """Give the page its field for files, and keep those that were sent. Whether the page is to be shown again.

    What was not taken becomes an error of the field: then the form is not valid.
    """
    form.fields[FIELD] = files_field()
    if request.method != "POST":
        return False
    problems = _receive(request, entrance, draft)
    if problems and form.is_bound:
        form.add_error(FIELD, together(problems))
    elif problems:  # sent to change the language: nothing else is judged
        form.errors[FIELD] = form.error_class([together(problems)])
    return "upload" in request.POST or "remove" in request.POST


def _receive(request: HttpRequest, entrance: Entrance, draft: Draft) -> list[SafeString]:
    holder = entrance.holder(request)
    if "remove" in request.POST:
        _remove(request, entrance, draft)
    files = request.FILES.getlist(FIELD)
    if "upload" in request.POST and not files:
        return [SafeString(_("Choose a file"))]
    if not files:
        return []
    if seconds := wait_for_draft(request, Doing.UPLOAD, draft):
        said = ngettext(
            "Wait %(seconds)s second. Then press the button again.",
            "Wait %(seconds)s seconds. Then press the button again.",
            seconds,
        )
        return [SafeString(said % {"seconds": seconds})]
    return take(
        files,
        room=MOST - len(uploads_of(draft.pk)),
        store=lambda kept: add_upload(draft_id=draft.pk, kept=kept, holder=holder, by=holder.by, now=timezone.now()),
    )


def _remove(request: HttpRequest, entrance: Entrance, draft: Draft) -> None:
    """Whatever is no id of a file of this draft removes nothing."""
    try:
        upload_id = UUID(request.POST["remove"])
    except ValueError:
        return
    holder = entrance.holder(request)
    drop_upload(draft_id=draft.pk, upload_id=upload_id, holder=holder, by=holder.by, now=timezone.now())
