"""Sessions in rows that say whose they are: listed for their user, ended by deleting the row.

A session ends an hour after its last use (config.middleware.idling), and whatever its use after LONGEST.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as RowsOfSessions
from django.http import HttpRequest
from django.utils import timezone

from audit.middleware import client_address

LONGEST = timedelta(hours=12)
SEEN = "seen"
_BEGAN, _NUMBER, _ADDRESS, _BROWSER = "began", "number", "address", "browser"


class SessionStore(RowsOfSessions):
    """Django's database sessions, in our own model."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The model."""
        from agencies.models import Session

        return Session

    def _validate_session_key(self, key: str | None) -> bool:
        """Take no key that we cannot have given: a quoted cookie may hold what the database refuses to look for."""
        known = super()._validate_session_key(key)  # type: ignore[misc]  # Django's, which its stubs leave out
        return bool(known and key and key.isascii() and key.isalnum())

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row: of a session that has begun with a sign-in, it never lasts beyond LONGEST after that."""
        row: Any = super().create_model_instance(data)
        row.user_id, row.number = data.get(SESSION_KEY) or _waits_for(data), data.get(_NUMBER)
        row.address, row.browser = data.get(_ADDRESS), data.get(_BROWSER, "")
        row.began, row.seen = _moment(data.get(_BEGAN)), _moment(data.get(SEEN) or data.get(_BEGAN))
        if row.began:
            row.expire_date = min(row.expire_date, row.began + LONGEST)
        return row


def begin(request: HttpRequest, *, now: datetime) -> None:
    """Note in a session that somebody has just signed in with it, where and by which browser."""
    wait_for_factor(request, now=now)
    request.session[_BEGAN] = int(now.timestamp())


def wait_for_factor(request: HttpRequest, *, now: datetime) -> None:
    """Note where and by which browser somebody has come as far as the second factor: this can be ended too."""
    request.session.update(
        {
            SEEN: int(now.timestamp()),
            _NUMBER: str(uuid4()),
            _ADDRESS: client_address(request),
            _BROWSER: browser_of(request),
        }
    )


def number_of(request: HttpRequest) -> str:
    """The number of the session with which somebody has signed in."""
    return str(request.session[_NUMBER])


def stands(number: UUID | str, *, of: UUID) -> bool:
    """Whether the session of the user `of` goes on at this moment: nobody has ended it, and it has not run out."""
    from agencies.models import Session

    return Session.objects.filter(user=of, number=number, expire_date__gt=timezone.now()).exists()


def is_in_another_browser(request: HttpRequest) -> bool:
    """Whether the session has moved to another browser than the one that signed in: somebody took its cookie."""
    return _NUMBER in request.session and request.session[_BROWSER] != browser_of(request)


def browser_of(request: HttpRequest) -> str:
    """What the browser calls itself."""
    return str(request.META.get("HTTP_USER_AGENT", ""))[:200]


def _waits_for(data: dict[str, Any]) -> str | None:
    """Whose second factor the session waits for, who have signed in as far as that."""
    waiting: dict[str, Any] = data.get(LOGIN_SESSION_KEY) or {}
    return waiting.get("user_pk")


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
