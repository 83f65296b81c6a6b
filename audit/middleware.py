"""One audit context per request."""

import re
from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from audit.agents import Agent
from audit.context import recording

# Some proxies write the port too, and an IPv6 address then, or always, in brackets.
_PORT = re.compile(r"\[(?P<bracketed>[^\]]+)\](:[0-9]{1,5})?|(?P<bare>[0-9.]+):[0-9]{1,5}")


def client_address(request: HttpRequest) -> str | None:
    """The address the outermost trusted proxy saw; without proxies, the peer's.

    X-Forwarded-For is read from the right, one entry per trusted proxy: what a client writes into it
    itself is never believed. None where it is no address: a referral must not fail for what a proxy wrote.
    """
    trusted: int = settings.TRUSTED_PROXY_COUNT
    peer: str = request.META.get("REMOTE_ADDR", "")
    if not trusted:
        return _address(peer)
    forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
    # An empty one counts: were it dropped, what the client wrote would stand where our proxy's word belongs.
    hops = forwarded.split(",") if forwarded.strip() else []
    return _address(hops[-trusted].strip() if len(hops) >= trusted else peer)


def _address(text: str) -> str | None:
    """The address as PostgreSQL keeps it, without port and zone; None for a socket's empty name."""
    with_port = _PORT.fullmatch(text)
    bare = with_port["bracketed"] or with_port["bare"] if with_port else text
    try:
        return str(ip_address(bare.partition("%")[0]))
    except ValueError:
        return None


class RecordingMiddleware:
    """Puts the request on the record. The user is looked up only if something is written in their name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request inside its context, under the id that the log knows it by."""
        known_as = getattr(request, "correlation", None)
        with recording(by=Agent.REFERRER, address=client_address(request), correlation=known_as):
            return self.get_response(request)
