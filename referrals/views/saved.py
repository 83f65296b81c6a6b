"""Keeping a draft for seven days, and opening it again by link and code."""

from contextlib import suppress
from dataclasses import asdict
from datetime import datetime

from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from agencies.access import public, require_safe_or_post
from agencies.languages import asked_for, has_chosen, keep
from agencies.limiting import seconds_to_wait
from agencies.limits import Doing, Key
from audit.agents import Agent
from referrals.actions.resume_draft import resume_draft
from referrals.actions.save_draft_for_later import Saved, save_draft_for_later
from referrals.forms.saved import ResumeForm, SaveForm
from referrals.holding import Holder, keyed_hash
from referrals.models import Draft
from referrals.models.draft import IDLE
from referrals.policies import may_be_saved
from referrals.views import flow
from referrals.views.browser import remember, secret_for
from referrals.views.front_door import FRONT_DOOR, with_draft
from referrals.views.waiting import asked_to_wait, wait_for_draft


@public
@require_safe_or_post
@with_draft
def save(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Explain saving; on POST save, and show link and code this once."""
    if draft.is_sent or not may_be_saved(draft):
        return redirect(FRONT_DOOR.url("check", draft.pk))
    if asked_for(request) and (shown := shown_before(request, draft)):
        return _show(request, draft, shown)
    form = SaveForm(request.POST or None, address=draft.answers.get("referrer_email", ""))
    context = {
        "draft": draft,
        "form": form,
        "back_url": FRONT_DOOR.question_url(draft.pk, flow.first_open(draft).slug),
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "front_door/save.html", context)
    if seconds := wait_for_draft(request, Doing.KEEP, draft):
        return asked_to_wait(request, "front_door/save.html", context, seconds=seconds)
    saved = save_draft_for_later(
        draft_id=draft.pk,
        holder=FRONT_DOOR.holder(request),
        e_mail=form.cleaned_data.get("e_mail", False),
        language=get_language() or "",
        by=Agent.REFERRER,
        now=timezone.now(),
    )
    return _show(request, draft, saved)


def _show(request: HttpRequest, draft: Draft, saved: Saved) -> HttpResponse:
    """Link and code. The page holds them once more, signed, for whoever changes the language: we keep only hashes."""
    again = dumps({**asdict(saved), "until": saved.until.isoformat()}, salt=f"saved {draft.pk}")
    context = {"draft": draft, "saved": saved, "again": again, "switch_form": "again"}
    return render(request, "front_door/saved.html", context)


def shown_before(request: HttpRequest, draft: Draft) -> Saved | None:
    """The link and the code that the page in the other language showed; None for what we have not signed."""
    with suppress(BadSignature):
        kept = loads(request.POST.get("again", ""), salt=f"saved {draft.pk}", max_age=IDLE)
        return Saved(**{**kept, "until": datetime.fromisoformat(kept["until"])})
    return None


@public
@require_safe_or_post
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code; a POST with the right one uses the link up and opens the draft in this browser.

    A GET looks nothing up: mail scanners that follow links neither use one nor learn whether it is alive.
    """
    form = ResumeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "front_door/resume.html", {"form": form})
    if seconds := seconds_to_wait(Doing.GUESS, {Key.LINK: keyed_hash(token, of="link")}):
        return asked_to_wait(request, "front_door/resume.html", {"form": form}, seconds=seconds)
    secret = secret_for(request)
    holder = Holder(Agent.REFERRER, keyed_hash(secret, of="browser"))
    code = form.cleaned_data["code"]
    draft = resume_draft(token=token, code=code, holder=holder, by=Agent.REFERRER, now=timezone.now())
    if draft is None:
        form.refuse()
        return render(request, "front_door/resume.html", {"form": form})
    opened = redirect(FRONT_DOOR.question_url(draft.pk, flow.first_open(draft).slug))
    if not has_chosen(request):
        keep(opened, draft.language)
    return remember(request, secret, opened)
