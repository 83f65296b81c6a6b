"""One log line a request: its number, the page's name, the status, the time; never the address asked for."""

import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("request")

# Asked every few seconds by machines.
SILENT = frozenset({"healthz", "readyz"})


class RequestLog:
    """Bind a fresh request id to everything logged meanwhile, and say at the end what happened."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, log, and hand the request id back in a header for whoever reports a fault."""
        request_id = uuid4()
        request.correlation = request_id  # type: ignore[attr-defined]  # the ledger's entries bear it too
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=str(request_id))
        start = time.perf_counter()
        response = self.get_response(request)
        page = page_name(request)
        if page not in SILENT:
            took = round((time.perf_counter() - start) * 1000)
            log.info("answered", page=page, method=request.method, status=response.status_code, ms=took)
        response["X-Request-ID"] = str(request_id)
        structlog.contextvars.clear_contextvars()
        return response


def page_name(request: HttpRequest) -> str:
    """The URL pattern's name; an address may hold an id of a draft, which opens it."""
    match = request.resolver_match
    return (match.view_name or "unnamed") if match else "unrouted"
