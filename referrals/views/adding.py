"""The referrer adds words and files on their page."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agencies.access import public, require_safe, require_safe_or_post
from agencies.limiting import seconds_to_wait
from agencies.limits import Doing, Key
from audit.agents import Agent
from documents.kinds import MOST
from documents.receiving import receives_files
from documents.taking import take, together
from referrals.actions.add_file import add_file
from referrals.actions.add_information import add_information
from referrals.forms.referrers_page import AddForm
from referrals.models import ReferrerVisit
from referrals.views.browser import holder_of
from referrals.views.referrers_page import with_visit
from referrals.views.waiting import asked_to_wait

TEMPLATE = "referrer/add.html"


@public
@receives_files
@require_safe_or_post
@with_visit
def add(request: HttpRequest, visit: ReferrerVisit) -> HttpResponse:
    """Words, and files with them. Files that are taken stay, also where another is not; the words stay on the page."""
    form = AddForm(request.POST, request.FILES) if request.method == "POST" else AddForm()
    if request.method != "POST" or not form.is_valid():
        return render(request, TEMPLATE, {"form": form})
    if seconds := seconds_to_wait(Doing.KEEP, {Key.DRAFT: str(visit.referral_id)}):
        return asked_to_wait(request, TEMPLATE, {"form": form}, seconds=seconds)
    given, holder, now = form.cleaned_data, holder_of(request), timezone.now()
    files = given["documents"]
    problems = take(files, room=MOST, store=lambda kept: add_file(kept=kept, holder=holder, by=Agent.REFERRER, now=now))
    if problems:
        form.add_error("documents", together(problems))
        return render(request, TEMPLATE, {"form": form, "kept": len(files) - len(problems)})
    add_information(
        text=given["text"], form_id=given["form_id"] or str(uuid4()), holder=holder, by=Agent.REFERRER, now=now
    )
    return redirect("dialogue:added")


@public
@require_safe
@with_visit
def added(request: HttpRequest, visit: ReferrerVisit) -> HttpResponse:
    """What happens next."""
    return render(request, "referrer/added.html")
