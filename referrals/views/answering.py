"""The referrer answers a question on their page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agencies.access import public, require_safe_or_post
from agencies.limiting import seconds_to_wait
from agencies.limits import Doing, Key
from audit.agents import Agent
from referrals.actions.answer_question import answer_question
from referrals.asked import questions_shown
from referrals.forms.referrers_page import AnswerForm
from referrals.models import ReferrerVisit
from referrals.views.browser import holder_of
from referrals.views.referrers_page import PAGE, with_visit
from referrals.views.waiting import asked_to_wait

TEMPLATE = "referrer/answer.html"


@public
@require_safe_or_post
@with_visit
def answer(request: HttpRequest, visit: ReferrerVisit, question_id: UUID) -> HttpResponse:
    """The question and a place for words. Whatever waits for no answer here leads back to the page."""
    waiting = [each for each in questions_shown(visit.referral) if each.pk == question_id and not each.is_answered]
    if not waiting:
        return redirect(PAGE)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "question": waiting[0]}
    if request.method != "POST" or not form.is_valid():
        return render(request, TEMPLATE, context)
    if seconds := seconds_to_wait(Doing.KEEP, {Key.DRAFT: str(visit.referral_id)}):
        return asked_to_wait(request, TEMPLATE, context, seconds=seconds)
    answer_question(
        question_id=question_id,
        words=form.cleaned_data["text"],
        holder=holder_of(request),
        by=Agent.REFERRER,
        now=timezone.now(),
    )
    return redirect("dialogue:added")
