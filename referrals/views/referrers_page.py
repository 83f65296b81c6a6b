"""The referrer's own page, and the ways to it. It says the same of every referral: see `referrals/dialogue.py`."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agencies.access import public, require_safe, require_safe_or_post
from agencies.languages import has_chosen, keep
from agencies.limiting import seconds_to_wait
from agencies.limits import Doing, Key
from audit.agents import Agent
from audit.refusals import Refused
from referrals.actions.come_back import come_back
from referrals.actions.follow_link import follow_link
from referrals.actions.send_referrer_link import send_referrer_link
from referrals.actions.stay import visit_of
from referrals.asked import messages_shown, questions_shown
from referrals.dialogue import steps_of
from referrals.forms.referrers_page import AskForm, EnterForm, LinkForm
from referrals.holding import Holder, keyed_hash
from referrals.models import ReferrerVisit
from referrals.views.browser import holder_of, remember, secret_for
from referrals.views.waiting import asked_to_wait

PAGE = "dialogue:referrers-page"


def with_visit(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the visit that is open in this browser; whoever has none is asked who they are."""

    @wraps(view)
    def find(request: HttpRequest, **arguments: Any) -> HttpResponse:
        visit = visit_of(holder_of(request), by=Agent.REFERRER, now=timezone.now())
        if visit is None:
            return redirect("dialogue:come-back")
        return view(request, visit, **arguments)

    return find


@public
@require_safe_or_post
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for reference and code, which is all that somebody without a name or an address has."""
    template, form = "referrer/enter.html", EnterForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, template, {"form": form})
    given = form.cleaned_data
    if seconds := seconds_to_wait(Doing.GUESS, {Key.REFERENCE: given["reference"]}):
        return asked_to_wait(request, template, {"form": form}, seconds=seconds)
    secret, holder = _browser(request)
    try:
        come_back(
            reference=given["reference"], code=given["code"], holder=holder, by=Agent.REFERRER, now=timezone.now()
        )
    except Refused:
        form.refuse()
        return render(request, template, {"form": form})
    return remember(request, secret, redirect(PAGE))


@public
@require_safe_or_post
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A button, and a place for the code; a POST uses the link up.

    A GET looks nothing up: mail scanners that follow links neither use one nor learn whether it is alive.
    """
    template, form = "referrer/link.html", LinkForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, template, {"form": form})
    if seconds := seconds_to_wait(Doing.GUESS, {Key.LINK: keyed_hash(token, of="referrer")}):
        return asked_to_wait(request, template, {"form": form}, seconds=seconds)
    secret, holder = _browser(request)
    code = form.cleaned_data["code"]
    visit = follow_link(token=token, code=code, holder=holder, by=Agent.REFERRER, now=timezone.now())
    if visit is None:
        form.refuse()
        return render(request, template, {"form": form})
    opened = redirect(PAGE)
    if not has_chosen(request):
        keep(opened, visit.referral.language)
    return remember(request, secret, opened)


@public
@require_safe_or_post
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a new link. Whatever is typed, the answer is the same."""
    template, form = "referrer/ask.html", AskForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, template, {"form": form})
    given = form.cleaned_data
    if seconds := seconds_to_wait(Doing.GUESS, {Key.REFERENCE: given["reference"]}):
        return asked_to_wait(request, template, {"form": form}, seconds=seconds)
    with suppress(Refused):
        send_referrer_link(reference=given["reference"], email=given["email"], by=Agent.REFERRER, now=timezone.now())
    return redirect("dialogue:link-asked")


@public
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What happens next, if reference and address were right."""
    return render(request, "referrer/asked.html")


@public
@require_safe
@with_visit
def page(request: HttpRequest, visit: ReferrerVisit) -> HttpResponse:
    """How far the referral is, what we ask, and what the referrer can do here."""
    referral = visit.referral
    steps = steps_of(referral.submitted_at, today=timezone.localdate())
    context = {
        "reference": referral.reference,
        "steps": steps,
        "now": next(step for step in steps if step.is_now),
        "questions": questions_shown(referral),
        "told": messages_shown(referral),
    }
    return render(request, "referrer/page.html", context)


def _browser(request: HttpRequest) -> tuple[str, Holder]:
    secret = secret_for(request)
    return secret, Holder(Agent.REFERRER, keyed_hash(secret, of="browser"))
