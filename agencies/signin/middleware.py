"""Nobody reads a page of casework without a second factor."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agencies.actions.end_session import end_session
from agencies.models import User
from agencies.permissions import Permission
from agencies.signin.demanding import ask_to_confirm, ask_to_set_up, sign_in_again
from agencies.signin.factors import has_factor
from agencies.signin.proof import has_proven
from agencies.signin.sessions import is_in_another_browser

View = Callable[..., HttpResponse]


class SecondFactorMiddleware:
    """Lets a session go on when it has proven a second factor, from this place and in the browser that signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, *_: Any) -> HttpResponse | None:
        """Lead elsewhere unless the view is open to everybody, or the session may use it."""
        if not isinstance(getattr(view, "access", None), Permission) or not isinstance(request.user, User):
            return None
        if is_in_another_browser(request):
            user, number = request.user, request.session["number"]
            end_session(user_id=user.pk, number=number, why="in another browser", by=user, now=timezone.now())
            return sign_in_again(request)
        if getattr(view, "before_second_factor", False) or has_proven(request, request.user):
            return None
        return ask_to_confirm(request) if has_factor(request.user) else ask_to_set_up(request)
