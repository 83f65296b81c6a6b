"""Who asks: a key of another organisation's system, and nothing that a browser could send by itself."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.api.problems import Problem, TooManyRequests
from agencies.api.reading import check_headers
from agencies.key_text import parse_key_text, secret_matches
from agencies.limiting import seconds_to_wait
from agencies.limits import Doing, Key
from agencies.models import ApiKey, ApiKeyUse, User
from agencies.permissions import Permission, require
from agencies.scopes import PERMISSIONS, opened_by
from audit.access import looked
from audit.action import action
from audit.agents import Agent
from audit.models import Entry
from audit.refusals import Forbidden

WITH_A_BODY = frozenset({"POST", "PUT", "PATCH"})
NOTED_EVERY = timedelta(minutes=1)


class ApiRequest(HttpRequest):
    """A request whose key has been let in; `user` is the key's service account."""

    user: User
    auth: ApiKey


class ByKey:
    """Lets in keys that open `needed`; given to an operation as its `auth`.

    It looks at the Authorization header alone: a session's cookie opens nothing here.
    """

    openapi_security_schema: ClassVar[dict[str, str]] = {
        "type": "http",
        "scheme": "bearer",
        "description": "The key of your system, as its administrator was shown it once.",
    }

    def __init__(self, needed: Permission) -> None:
        self.needed = needed

    def __call__(self, request: HttpRequest) -> ApiKey:
        """The key. Raises Problem 401 for none that works, 403 for one that does not open this, 429 for a limit.

        Then, before any of a body is read, 411, 413 or 415 for one that need not be.
        """
        now = timezone.now()
        key = _working_key(request.headers.get("Authorization", ""), now)
        request.user = key.system
        self._check_opens(key, now)
        _note_use(key, now)
        if wait := seconds_to_wait(Doing.USE_API, {Key.API_KEY: str(key.pk)}):
            raise TooManyRequests(wait=wait)
        if request.method in WITH_A_BODY:
            check_headers(request)
        return key

    def _check_opens(self, key: ApiKey, now: datetime) -> None:
        try:
            if not self._opens(key):
                _refuse_key(key_id=key.pk, needed=self.needed, by=key.system, now=now)
        except Forbidden:
            scope = next(name for name, opened in PERMISSIONS.items() if self.needed in opened)
            raise Problem(403, _("This key needs the scope “{scope}” for this.").format(scope=scope)) from None

    def _opens(self, key: ApiKey) -> bool:
        try:
            require(key.system, self.needed)
        except Forbidden:
            return False
        return self.needed in opened_by(key.scopes)


@action
def _refuse_key(*, key_id: Any, needed: Permission, by: User, now: datetime) -> None:
    raise Forbidden(_("The key does not open this."))


def _working_key(header: str, now: datetime) -> ApiKey:
    """The key that the header proves. Raises Problem; a wrong secret behind a known front goes on the record."""
    scheme, _space, rest = header.partition(" ")
    text = parse_key_text(rest.strip()) if scheme.lower() == "bearer" else None
    if text is None:
        raise Problem(401)
    key = ApiKey.objects.select_related("system", "use").filter(front=text.front).first()
    if key is None:
        raise Problem(401)
    if not (secret_matches(text.secret, key.secret_hash) and key.works(now) and key.system.is_active):
        looked(kind=Entry.Kind.SIGN_IN_FAILED, at_object=key, by=Agent.VISITOR, now=now)
        raise Problem(401)
    return key


def _note_use(key: ApiKey, now: datetime) -> None:
    """Keep when it was last used, at most once a minute: a clock, not a record."""
    if key.use.seen is None or key.use.seen < now - NOTED_EVERY:
        stale = Q(seen=None) | Q(seen__lt=now - NOTED_EVERY)
        ApiKeyUse.objects.filter(stale, key=key).update(seen=now)
