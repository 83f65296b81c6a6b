"""Who is signed in, in which browser, since when."""

from typing import ClassVar

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from agencies.models.user import User


class Session(AbstractBaseSession):
    """One browser's session; of somebody who has signed in it also says whose it is. Ending it deletes the row.

    Without `began` its user has got as far as the second factor, and has not answered it yet.

    It lives for hours: that it was there is on the ledger. `number` names it on pages, where its key must not stand.
    """

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    number = models.UUIDField(null=True)
    began = models.DateTimeField(null=True)
    seen = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)

    objects: ClassVar[BaseSessionManager] = BaseSessionManager()

    # Set by the selector: whether it is the one that asks, and its browser in words.
    is_this_one, called = False, ""

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    class Privacy:
        person = None
        personal = ("session_data", "address", "browser")
        operational = ("session_key", "expire_date", "user", "number", "began", "seen")
        public = ()

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The engine that keeps sessions in these rows."""
        from agencies.signin.sessions import SessionStore

        return SessionStore
