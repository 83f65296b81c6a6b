"""Sessions in the database, as Django keeps them."""

from django.contrib.sessions.backends.db import SessionStore as Stored


class SessionStore(Stored):
    """Takes no key that it cannot have given: a quoted cookie may hold what the database refuses to look for."""

    def _validate_session_key(self, key: str | None) -> bool:
        known = super()._validate_session_key(key)  # type: ignore[misc]  # Django's, which its stubs leave out
        return bool(known and key and key.isascii() and key.isalnum())
