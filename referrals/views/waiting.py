"""Asking somebody to wait a moment: the page they were on, with what they typed, and a sentence above it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.limiting import domain_of, seconds_to_wait
from agencies.limits import Doing, Key
from referrals.form import is_immediate
from referrals.models import Draft
from referrals.views.browser import holder_of

STATUS = 429


def wait_for_draft(request: HttpRequest, doing: Doing, draft: Draft) -> int:
    """Seconds that whoever writes this draft should wait; 0: go on. An officer, and immediate danger, never wait."""
    if draft.entered_by_id or is_immediate(draft.answers):
        return 0
    email = draft.answers.get("referrer_email")
    return seconds_to_wait(
        doing,
        {
            Key.DRAFT: str(draft.pk),
            Key.BROWSER: holder_of(request).browser,
            Key.EMAIL_DOMAIN: domain_of(email) if isinstance(email, str) else "",
        },
    )


def asked_to_wait(
    request: HttpRequest, template: str | list[str], context: dict[str, object], *, seconds: int
) -> HttpResponse:
    """The page once more, with a request to press its button again after so many seconds."""
    answer = render(request, template, {**context, "wait": seconds}, status=STATUS)
    answer["Retry-After"] = str(seconds)
    return answer
