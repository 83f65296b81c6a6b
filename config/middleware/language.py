"""Answers every reader in their language, and keeps the one they choose."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import escape_leading_slashes

from agencies.languages import PARAMETER, asked_for, is_english_only, keep, language_of


class ReadersLanguage:
    """`?lang=cy` on a public page is a choice: it is kept, and a page that was only looked at loses the word again.

    A form sent with it is passed on: its view shows what was typed in the other language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's language. Casework is English whatever the browser asks for."""
        chosen, language = asked_for(request), language_of(request)
        if chosen and request.method in {"GET", "HEAD"}:
            return keep(redirect(address_without_choice(request)), chosen)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        if not is_english_only(request):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language)
        return keep(response, chosen) if chosen else response


def address_without_choice(request: HttpRequest) -> str:
    """The same page on this host; two slashes in front would be another host."""
    query = request.GET.copy()
    del query[PARAMETER]
    return escape_leading_slashes(request.path) + (f"?{query.urlencode()}" if query else "")
