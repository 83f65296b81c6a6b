"""The key with which another organisation's system uses our API."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models.user import User
from agencies.scopes import Scope
from audit.history import keep_history
from audit.models import Recorded


@keep_history(without=["secret_hash"])
class ApiKey(Recorded):
    """Hangs on a service account (`User.is_system`), whose roles say what it may do; `scopes` narrow that.

    Of the key itself only the front part, by which it is found, and a hash of the secret are kept. It works until
    `ends`, or until it is revoked. `replaces` is the key it was rotated from. One that fetches referrals
    or writes on them `waits` until another administrator than who made it approves: whoever was shown it could do so.
    """

    system = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_keys")
    front = models.CharField(max_length=16, unique=True)
    secret_hash = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=24, choices=Scope.choices))
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    waits = models.BooleanField(default=False, db_default=False)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    ends = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    revoked_why = models.CharField(max_length=200, blank=True)

    organisation = ""  # set by the selector, as is the next
    is_working = False
    is_waiting = False

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoked_why="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_why="")),
                name="api_key_revoked_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | (Q(approved_at__isnull=False, approved_by__isnull=False, waits=False) & ~Q(approved_by=F("made_by"))),
                name="api_key_approved_by_another",
            ),
            models.CheckConstraint(condition=~Q(scopes=[]), name="api_key_opens_something"),
        ]

    class Privacy:
        person = None
        personal = ()
        operational = (
            "id", "system", "front", "secret_hash", "scopes", "made_at", "made_by", "replaces", "waits",
            "approved_at", "approved_by", "ends", "revoked_at", "revoked_by", "revoked_why",
        )  # fmt: skip
        public = ()
        masked = ("secret_hash",)

    def __str__(self) -> str:
        return self.front

    def works(self, now: datetime) -> bool:
        """Whether it opens anything at this moment."""
        return not self.waits and not self.is_over(now)

    def is_over(self, now: datetime) -> bool:
        """Whether it will never open anything again."""
        return self.revoked_at is not None or (self.ends is not None and self.ends <= now)

    @property
    def scope_names(self) -> list[str | Promise]:
        """What it may be used for, in words."""
        return [Scope(scope).label for scope in self.scopes]


class ApiKeyUse(models.Model):
    """When a key was last used, to the minute. No decision and nobody's data: kept off the ledger."""

    key = models.OneToOneField(ApiKey, on_delete=models.PROTECT, primary_key=True, related_name="use")
    seen = models.DateTimeField(_("last used"), null=True)

    class Privacy:
        person = None
        personal = ()
        operational = ("key", "seen")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
