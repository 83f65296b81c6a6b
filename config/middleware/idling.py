"""A session ends an hour after its last use, without a write for every page."""

import time
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from agencies.signin.sessions import SEEN

EVERY = 60


class SessionsIdleOut:
    """Once a minute note in the session of a signed-in user that it is in use: saving it moves its end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note it after the page. A page that did not look at the session does not touch the database."""
        response = self.get_response(request)
        session = request.session
        if session.accessed and SESSION_KEY in session and time.time() - session.get(SEEN, 0) >= EVERY:
            session[SEEN] = int(time.time())
        return response
