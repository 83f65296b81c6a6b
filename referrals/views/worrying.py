"""The referrer says what worries them about the handling."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agencies.access import public, require_safe, require_safe_or_post
from agencies.limiting import seconds_to_wait
from agencies.limits import Doing, Key
from audit.agents import Agent
from referrals.actions.raise_worry import raise_worry
from referrals.forms.referrers_page import WorryForm
from referrals.models import ReferrerVisit
from referrals.views.browser import holder_of
from referrals.views.referrers_page import with_visit
from referrals.views.waiting import asked_to_wait

TEMPLATE = "referrer/worry.html"


@public
@require_safe_or_post
@with_visit
def worry(request: HttpRequest, visit: ReferrerVisit) -> HttpResponse:
    """A place for words, which go to those who supervise."""
    form = WorryForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, TEMPLATE, {"form": form})
    if seconds := seconds_to_wait(Doing.KEEP, {Key.DRAFT: str(visit.referral_id)}):
        return asked_to_wait(request, TEMPLATE, {"form": form}, seconds=seconds)
    given, holder = form.cleaned_data, holder_of(request)
    form_id = given["form_id"] or str(uuid4())
    raise_worry(text=given["text"], form_id=form_id, holder=holder, by=Agent.REFERRER, now=timezone.now())
    return redirect("dialogue:worried")


@public
@require_safe
@with_visit
def worried(request: HttpRequest, visit: ReferrerVisit) -> HttpResponse:
    """What happens next."""
    return render(request, "referrer/worried.html")
