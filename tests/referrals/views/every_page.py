"""Walks a visitor through every public page in every state, so that a test can look at each."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import time_machine
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import timezone

from audit.agents import Agent
from config.views import errors
from referrals.actions.ask_referrer import ask_referrer
from referrals.actions.begin_visit import begin_visit
from referrals.holding import Holder
from referrals.models import Referral
from referrals.questions.shapes import FAMILY, PUBLIC, SELF, WORK
from referrals.questions.versions import FORM_VERSION, form_of
from tests.making import cleared as make_cleared
from tests.making import dispatch_to_authority, officer_of
from tests.referrals.answering import full, shortest
from tests.referrals.views.conftest import Visitor

FORM = form_of(FORM_VERSION)
EXPLAINING = ("", "privacy/", "cookies/", "accessibility/", "if-you-were-referred/", "northern-ireland/", "ended/")
WRONG = {
    "referrer_email": "nobody",
    "approximate_age": "old",
    "postcode": "LS",
    "date_of_birth-day": "40",
    "told": ["nobody", "police"],
    "danger": "perhaps",
}
TOO_LONG = {"concern": "x" * 20_001, "when_detail": "x" * 501}
FAULTS: dict[str, tuple[Callable[..., Any], Exception | None]] = {
    "400": (errors.bad_request, SuspiciousOperation()),
    "403": (errors.forbidden, PermissionDenied()),
    "500": (errors.server_error, None),
    "503": (errors.unavailable, None),
    "csrf": (errors.csrf_failure, None),
}
Found = Iterator[tuple[str, Any]]


def explaining(visitor: Visitor) -> Found:
    """Pages that need no form."""
    for name in EXPLAINING:
        yield name or "start", visitor.get(f"/{name}")
    yield "absent", visitor.get("/no-such-page/")
    yield "another's", visitor.get(f"/refer/{'0' * 8}-0000-4000-8000-{'0' * 12}/concern/")


def faults(language: str) -> Found:
    """What is shown when something has failed, each made directly: nothing but the request is there."""
    for name, (view, error) in FAULTS.items():
        request = RequestFactory().get("/privacy/", headers={"Cookie": f"language={language}"})
        yield name, view(request) if error is None else view(request, error)


def questions(visitor: Visitor, kind: str) -> Found:
    """Every question page: empty, wrong, missing, full."""
    for page in FORM.path(shortest(kind, danger="yes")):
        slug, own = page.slug, page.names
        visitor.has_answered({n: v for n, v in full(kind).items() if n not in own - {"danger", "referrer_kind"}})
        yield f"{kind} {slug} empty", visitor.see(slug)
        yield f"{kind} {slug} missing", visitor.see(slug, missing="1")
        for wrong in (WRONG, TOO_LONG):
            answered = visitor.answer(slug, **wrong)
            if answered.status_code == 200:
                yield f"{kind} {slug} wrong", answered
        visitor.has_answered(full(kind))
        yield f"{kind} {slug} full", visitor.see(slug)


def ending(visitor: Visitor, kind: str) -> Found:
    """Checking, Northern Ireland in the middle, sending."""
    visitor.has_answered(shortest(kind))
    yield f"{kind} check short", visitor.see("check")
    visitor.has_answered(full(kind))
    yield f"{kind} check full", visitor.see("check")
    yield f"{kind} outside", visitor.see("northern-ireland")
    visitor.answer("check")
    yield f"{kind} sent", visitor.see("sent")
    yield f"{kind} too late", visitor.post(visitor.url("save"), {"save": "1"}, follow=True)


def saving(visitor: Visitor) -> Found:
    """Saving, and opening again."""
    visitor.has_answered(full(WORK))
    yield "save", visitor.see("save")
    yield "saved", visitor.post(visitor.url("save"), {"save": "1", "e_mail": "true"})
    yield "resume", visitor.get("/saved/token/")
    for code in ("", "wrong", "x" * 41, "x\0y"):
        yield "resume wrong", visitor.post("/saved/token/", {"code": code})


def coming_back(visitor: Visitor) -> Found:
    """The referrer's page, and the ways to it."""
    door, link, ask = "/your-referral/", "/your-referral/link/token/", "/your-referral/new-link/"
    for path in (door, link, ask, f"{ask}asked/"):
        yield path, visitor.get(path)
    for given in ({}, {"reference": "x", "code": "wrong", "email": "nobody"}, {"code": "x" * 41}):
        for path in (door, link, ask):
            yield f"{path} wrong", visitor.post(path, given)
    draft = visitor.has_answered(shortest(WORK)).draft
    visitor.answer("check")
    draft.refresh_from_db()
    assert draft.outcome
    browser, referral = draft.browser, Referral.objects.get(draft_id=draft.pk)
    make_cleared(referral)
    dispatch = dispatch_to_authority(referral)
    asking: dict[str, Any] = {"dispatch_id": dispatch.pk, "by": officer_of(dispatch.agency), "now": timezone.now()}
    questions = [ask_referrer(words=words, **asking) for words in ("Ar ba ddiwrnod?", "Pwy arall oedd yno? " * 40)]
    yield "wrong code", visitor.post(door, {**draft.outcome, "code": "2222-2222-2222"})
    for days in (0, 5, 40):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            # Not by the door, which would count what is done in the future.
            begin_visit(
                referral=referral, holder=Holder(Agent.REFERRER, browser), by=Agent.REFERRER, now=timezone.now()
            )
            yield "adding", visitor.get("/your-referral/add/")
            yield "adding wrong", visitor.post("/your-referral/add/", {"text": ""})
            yield "added", visitor.get("/your-referral/added/")
            yield "worrying", visitor.get("/your-referral/worry/")
            yield "worrying wrong", visitor.post("/your-referral/worry/", {"text": ""})
            yield "worried", visitor.get("/your-referral/worry/told/")
            for question in questions:
                yield "answering", visitor.get(f"/your-referral/question/{question.pk}/")
                yield "answering wrong", visitor.post(f"/your-referral/question/{question.pk}/", {"text": ""})
            yield f"referrer's page after {days} days", visitor.get("/your-referral/page/")
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        visitor.post(f"/your-referral/question/{questions[0].pk}/", {"text": "On Monday."})
        yield "referrer's page with an answer", visitor.get("/your-referral/page/")


def uploading(visitor: Visitor) -> Found:
    """Files beside the form: one that is kept, some that are not, and one that the scanner refused."""
    visitor.has_answered(full(WORK))
    page = next(page.slug for page in FORM.path(full(WORK)) if page.documents)
    for name, content in (("a.txt", b"Geiriau"), ("b.exe", b"MZ\x90\x00"), ("c.pdf", b"%PDF-"), ("d.txt", b"")):
        file = SimpleUploadedFile(name, content)
        yield f"upload wrong {name}", visitor.answer(page, upload="1", documents=[file], fragment="1")
    yield "upload nothing", visitor.answer(page, upload="1")
    yield "uploads", visitor.see(page)
    yield "check with uploads", visitor.see("check")


def waiting(visitor: Visitor) -> Found:
    """Everything was done too often: each button answers with a request to wait."""
    for _draft in range(2):
        visitor.has_answered(shortest(WORK))
        for _time in range(2):
            yield "too fast page", visitor.answer("your-work", referrer_role="x", referrer_organisation="y")
            yield "too fast save", visitor.post(visitor.url("save"), {"save": "1"})
            yield "too fast resume", visitor.post("/saved/token/", {"code": "2222-2222-2222"})
        yield "too fast check", visitor.answer("check")
    yield "too fast begin", visitor.post("/begin/")


def every_page(visitor: Visitor, language: str) -> Found:
    """All of them, in one language."""
    visitor.cookies["language"] = language
    yield from explaining(visitor)
    yield from faults(language)
    for kind in (WORK, FAMILY, PUBLIC, SELF):
        yield from questions(visitor, kind)
        yield from ending(visitor, kind)
    yield from saving(visitor)
    yield from coming_back(visitor)
    yield from uploading(visitor)
