"""The error pages. They need no database, no session and no user, because any of these may be what failed."""

import sys

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import override

from agencies.api.problems import Problem, is_api
from agencies.languages import kept_language
from config.context import installation

log = structlog.get_logger("errors")


def page(request: HttpRequest, status: int) -> HttpResponse:
    """Render `<status>.html` from the installation's settings and the request alone, in the reader's language.

    What failed may have failed before the language was chosen. A machine gets a problem instead.
    """
    if is_api(request):
        return Problem(status).response(request)
    context = {**installation(request), "is_casework": is_casework(request), "request": request}
    with override(getattr(request, "LANGUAGE_CODE", "") or kept_language(request)):
        return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def is_casework(request: HttpRequest) -> bool:
    """Whether an officer asked, as far as the address tells. On the public surface nobody does: it has no casework."""
    if settings.SURFACE == "both":
        return request.path.startswith("/casework/")
    return bool(settings.SURFACE == "casework")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that no page of ours sends."""
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, and may know that this exists, but may not do it."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: absent, or not for this reader to know about."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database is away: nothing was saved, and the page says so."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        log.error("database_unavailable", exc_info=error)
        return unavailable(request)
    log.error("failed", exc_info=error)
    return page(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: try again soon."""
    response = page(request, 503)
    response["Retry-After"] = "60"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token does not match: too old, or sent from elsewhere."""
    return page(request, 403)
