"""In which language a reader is answered. In this room: it is the lowest that has readers."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request

PARAMETER = "lang"
"""In an address: `?lang=cy`. Links in e-mail carry it, so that they open in the language of the e-mail."""

ENGLISH = "en"
ENGLISH_ONLY = ("/casework/", "/api/", "/demo/")


def is_english_only(request: HttpRequest) -> bool:
    """Whether officers, partners' systems or the demonstration are answered here: never half-way in Welsh."""
    if settings.SURFACE == "public" and request.path.startswith("/casework/"):
        return False  # no such page here: the public is told so
    return settings.SURFACE == "casework" or request.path.startswith(ENGLISH_ONLY)


def language_of(request: HttpRequest) -> str:
    """The language to answer in: the one that is asked for in the address, or else the one that was kept."""
    return asked_for(request) or kept_language(request)


def kept_language(request: HttpRequest) -> str:
    """The language in the cookie, or else the browser's own, or else English."""
    return ENGLISH if is_english_only(request) else get_language_from_request(request)


def asked_for(request: HttpRequest) -> str:
    """The language that the address of a public page asks for; empty for none that we have."""
    wanted = "" if is_english_only(request) else request.GET.get(PARAMETER, "")
    return wanted if wanted in dict(settings.LANGUAGES) else ""


def has_chosen(request: HttpRequest) -> bool:
    """Whether somebody chose a language in this browser before."""
    return request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "") in dict(settings.LANGUAGES)


def keep(response: HttpResponse, language: str) -> HttpResponse:
    """Keep a choice in the browser for as long as it stays open."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def opening_in(address: str, language: str) -> str:
    """An address without a query that opens in this language: English needs no word for it."""
    return address if language == ENGLISH else f"{address}?{urlencode({PARAMETER: language})}"
