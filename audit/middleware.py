"""One audit context per request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from audit.agents import Agent
from audit.context import recording


def client_address(request: HttpRequest) -> str | None:
    """The address the outermost trusted proxy saw; without proxies, the peer's.

    X-Forwarded-For is read from the right, one entry per trusted proxy: what a client writes into it
    itself is never believed.
    """
    trusted: int = settings.TRUSTED_PROXY_COUNT
    peer: str | None = request.META.get("REMOTE_ADDR") or None
    if not trusted:
        return peer
    hops = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return hops[-trusted] if len(hops) >= trusted else peer


class RecordingMiddleware:
    """Puts the request on the record. The user is looked up only if something is written in their name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request inside its context."""
        with recording(by=Agent.REFERRER, address=client_address(request)) as present:
            request.correlation = present.correlation  # type: ignore[attr-defined]
            return self.get_response(request)
