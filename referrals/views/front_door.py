"""The public front door: start, the questions, check-your-answers, sent, leaving. Nobody signs in here."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

import structlog
from django.conf import settings
from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from agencies.access import public, require_safe, require_safe_or_post
from agencies.limiting import seconds_to_wait
from agencies.limits import Doing, Key
from audit.access import looked
from audit.agents import Agent
from audit.models import Entry
from documents.receiving import receives_files
from documents.responses import pdf_response
from referrals.actions.leave_draft import leave_draft
from referrals.actions.start_draft import start_draft
from referrals.copies import copy_is_offered, referrers_copy
from referrals.holding import Holder, keyed_hash
from referrals.models import Draft, Referral
from referrals.views import flow
from referrals.views.browser import forget, holder_of, remember, secret_for
from referrals.views.entrance import Entrance
from referrals.views.waiting import asked_to_wait

FRONT_DOOR = Entrance(
    start="front-door:start",
    pages="front-door:",
    layout="layouts/public.html",
    sent="front_door/sent.html",
    holder=holder_of,
)

View = Callable[..., HttpResponse]

log = structlog.get_logger(__name__)


def with_draft(view: View) -> View:
    """Give the view the draft that this browser holds; absent and another's are answered with the same page."""

    @wraps(view)
    def find(request: HttpRequest, draft_id: UUID, **arguments: str) -> HttpResponse:
        draft = holder_of(request).drafts(now=timezone.now()).filter(pk=draft_id).first()
        if draft is None:
            return render(request, "front_door/ended.html", status=404)
        return view(request, draft, **arguments)

    return find


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What Prevent is, when to refer and when not, and what happens to a referral."""
    return render(request, "front_door/start.html")


@public
@require_safe_or_post
def begin(request: HttpRequest) -> HttpResponse:
    """Start a draft of this tab's own and show its first question.

    Whoever only looks, having typed or kept the address, begins nothing and is led to the start page.
    """
    if request.method != "POST":
        return redirect(FRONT_DOOR.start_url)
    secret = secret_for(request)
    holder = Holder(Agent.REFERRER, keyed_hash(secret, of="browser"))
    if seconds := seconds_to_wait(Doing.BEGIN, {Key.BROWSER: holder.browser}):
        return asked_to_wait(request, "front_door/wait.html", {}, seconds=seconds)
    draft = start_draft(
        holder=holder,
        language=get_language() or settings.LANGUAGE_CODE,
        by=Agent.REFERRER,
        now=timezone.now(),
    )
    return remember(request, secret, redirect(FRONT_DOOR.question_url(draft.pk, flow.first_open(draft).slug)))


@public
@require_safe_or_post
@with_draft
@receives_files
def question(request: HttpRequest, draft: Draft, slug: str) -> HttpResponse:
    """One page of questions."""
    return flow.question(request, FRONT_DOOR, draft, slug)


@public
@require_safe_or_post
@with_draft
def check(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Check your answers, and send."""
    return flow.check(request, FRONT_DOOR, draft)


@public
@require_safe
@with_draft
def sent(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The reference and the code."""
    return flow.sent(request, FRONT_DOOR, draft)


@public
@require_safe
@with_draft
def copy(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A copy of what was sent, as a PDF, for the browser that sent it and for an hour."""
    now = timezone.now()
    referral = Referral.objects.select_related("referrer").filter(draft_id=draft.pk).first()
    if referral is None or not copy_is_offered(referral, now=now):
        return redirect(FRONT_DOOR.url("sent", draft.pk))
    looked(kind=Entry.Kind.DISCLOSED, at_object=referral, by=Agent.REFERRER, now=now, form="pdf", recipient="referrer")
    return pdf_response(referrers_copy(referral, now=now), name=referral.reference)


@public
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Destroy what is not saved, forget the browser, and go somewhere neutral.

    A link on somebody else's page may send a reader here. It must not cost them what they wrote: then the draft
    stays, and the browser keeps the cookie without which nobody could open it.
    Whoever leaves gets away at once, also while the database is down: the draft goes with the sweep then.
    """
    somewhere_neutral = redirect(settings.EXIT_PAGE_URL)
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        return somewhere_neutral
    holder = holder_of(request)
    if holder.browser:
        try:
            leave_draft(holder=holder, by=holder.by, now=timezone.now())
        except DatabaseFault as fault:
            log.error("draft_not_destroyed", error=type(fault).__name__)
    return forget(somewhere_neutral)


@public
@require_safe
def ended(request: HttpRequest) -> HttpResponse:
    """The session has ended."""
    return render(request, "front_door/ended.html")
