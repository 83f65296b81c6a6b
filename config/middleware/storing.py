"""Nothing of a page stays on the reader's machine: a shared school computer caches no referral."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class NothingIsStored:
    """Say on every page that it is not stored, and that no other site may embed it.

    Static files never come here: whitenoise answers them before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the page; a view that has said something of its own about caching keeps it."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
