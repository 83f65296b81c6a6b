"""Denied until declared: every view says who may open it, or no one can."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agencies.models import User
from agencies.permissions import Permission, require
from agencies.signin.demanding import ask_to_confirm
from agencies.signin.proof import is_fresh, note_opened
from audit.action import action
from audit.actors import Actor
from audit.refusals import Forbidden, NotNow, Refused

View = Callable[..., HttpResponse]


def taking(*methods: str) -> Callable[[View], View]:
    """Refuse every other method; `methods` of the view says so to what stands before it (referrals.purposes)."""

    def mark(view: View) -> View:
        marked: View = require_http_methods(methods)(view)
        marked.methods = methods  # type: ignore[attr-defined]
        return marked

    return mark


require_safe = taking("GET", "HEAD")
require_post = taking("POST")
# For a page with a form. HEAD is GET without the body: a view asks only whether it was sent something.
require_safe_or_post = taking("GET", "HEAD", "POST")


class Request(HttpRequest):
    """A request whose user has signed in, as views behind `@permission` receive it; `needed` is what opened them."""

    user: User
    needed: Permission


@dataclass(frozen=True)
class ByKeyOnly:
    """What an address of the API declares as its `access`: which permission a key must open, by method.

    No session opens it. `agencies.api.door` reads it off the objects that let callers in.
    """

    needed: Mapping[str, Permission]


def permission(
    needed: Permission, *, step_up: bool = False, gives_file: bool = False, before_second_factor: bool = False
) -> Callable[[View], View]:
    """Let in those who hold `needed`; others are sent to sign in, or refused on the record.

    step_up: whoever's second factor is not fresh answers it once more: before exports, break-glass, unmasking,
        approvals, and whatever else a session that was left open must not do: open a record to others, send data out.
    gives_file: no page opens, so whoever had to answer goes back to the page that leads to the file: on the page that
        asked they would not see that it came.
    before_second_factor: for the pages where one is set up or answered (agencies.signin.middleware).
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            enter(needed=needed, by=cast(Actor, request.user), now=timezone.now())
            request.needed = needed  # type: ignore[attr-defined]
            if step_up and not is_fresh(request, request.user):
                return ask_to_confirm(request, once_more=gives_file)
            answer = view(request, *args, **kwargs)
            if step_up and request.method == "GET" and answer.status_code == HTTPStatus.OK:
                note_opened(request)
            return answer

        guarded.access = needed  # type: ignore[attr-defined]
        guarded.step_up = step_up  # type: ignore[attr-defined]
        guarded.before_second_factor = before_second_factor  # type: ignore[attr-defined]
        return guarded

    return mark


def public(view: View) -> View:
    """Let in everybody, signed in or not."""

    @wraps(view)
    def open_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    open_view.access = "public"  # type: ignore[attr-defined]
    return open_view


def enter(*, needed: Permission, by: Actor, now: datetime) -> None:
    """Raise Forbidden, on the record, unless `by` holds `needed`. Opens no transaction when they do."""
    try:
        require(by, needed)
    except Forbidden:
        _refuse_entry(needed=needed, by=by, now=now)


@action
def _refuse_entry(*, needed: Permission, by: Actor, now: datetime) -> None:
    require(by, needed)


@action
def _look_in_vain(*, by: Actor, now: datetime, **asked_for: Any) -> None:
    raise Forbidden(_("What was asked for is absent, or not for this reader to know about."))


@action
def _refuse(*, refusal: Refused, by: Actor, now: datetime, **asked_for: Any) -> None:
    raise refusal


def record_look_in_vain(request: HttpRequest) -> None:
    """Put on the record who asked for what is absent or not theirs to know about: the same entry for both."""
    _record(request, _look_in_vain)


def record_refused(request: HttpRequest, refusal: Refused, **asked_for: Any) -> None:
    """Put on the record what a page refuses by itself, before any action is called; what an action refused, is."""
    if not refusal.on_record:
        _record(request, _refuse, refusal=refusal, **asked_for)


def _record(request: HttpRequest, refuse: Callable[..., None], **given: Any) -> None:
    """Let somebody who is signed in be refused what the address names."""
    user = getattr(request, "user", None)
    if isinstance(user, User) and request.resolver_match:
        with suppress(Refused):
            refuse(by=user, now=timezone.now(), **{**request.resolver_match.kwargs, **given})


class AccessMiddleware:
    """Refuses views that declare nothing, and answers refusals with pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, *_: Any) -> None:
        """Raise ImproperlyConfigured for a view without a declared permission."""
        if not hasattr(view, "access"):
            raise ImproperlyConfigured(f"{view!r} declares no permission: mark it with agencies.access.")

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Absent and forbidden look the same; what cannot be done now goes back with its reason."""
        in_a_view = isinstance(error, Forbidden) and not error.on_record
        if in_a_view or isinstance(error, ObjectDoesNotExist | Http404):
            record_look_in_vain(request)
        if isinstance(error, Forbidden | ObjectDoesNotExist):
            raise Http404
        if isinstance(error, NotNow):
            record_refused(request, error)
            return render(request, "not_now.html", {"reason": str(error)}, status=409)
        return None
