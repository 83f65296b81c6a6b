"""Who holds a draft: the browser that started it, or the officer who enters it for somebody else."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from audit.actors import Actor
from audit.agents import Agent
from audit.refusals import NotNow
from referrals.models import Draft


@dataclass(frozen=True)
class Holder:
    """`browser` is the keyed hash of the secret in the browser's cookie; it is empty for an officer."""

    by: Actor
    browser: str = ""

    def drafts(self, *, now: datetime) -> QuerySet[Draft]:
        """Every draft this holder may open. Another's draft and an absent one are found by the same statement."""
        living = Draft.objects.filter(expires_at__gt=now)
        if isinstance(self.by, User):
            return living.filter(entered_by=self.by.pk)
        if self.by is Agent.REFERRER and self.browser:
            return living.filter(browser=self.browser, entered_by=None)
        return living.none()

    def lock(self, draft_id: UUID, *, now: datetime) -> Draft:
        """The draft, locked until the action ends. Raises Draft.DoesNotExist for an absent or another's draft."""
        return self.drafts(now=now).select_for_update(of=("self",)).get(pk=draft_id)

    def lock_unsent(self, draft_id: UUID, *, now: datetime) -> Draft:
        """As `lock`. Raises NotNow besides, for a draft that has become a referral."""
        draft = self.lock(draft_id, now=now)
        if draft.is_sent:
            raise NotNow(_("This referral has been sent. Start again to tell us about something else."))
        return draft


def new_secret() -> str:
    """What a browser's cookie or a one-time link holds: 256 bits, for an address."""
    return secrets.token_urlsafe(32)


def keyed_hash(secret: str, *, of: str) -> str:
    """What is kept of such a secret; `of` keeps a link's hash from passing for a browser's."""
    return hmac.new(settings.CONTACT_CODE_KEY.encode(), f"{of}:{secret}".encode(), hashlib.sha256).hexdigest()
