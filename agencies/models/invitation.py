"""The link by which somebody sets the password of their account."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from agencies.models.user import User
from audit.models import Recorded


class Invitation(Recorded):
    """A link that opens once, until `ends`: sent by e-mail, and kept as a hash only. `used` says when it was."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    link_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    ends = models.DateTimeField()
    used = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], name="invitation_one_at_a_time", condition=Q(used=None, withdrawn_at=None)
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, used=None),
                name="invitation_used_or_withdrawn",
            ),
        ]

    class Privacy:
        person = None
        personal = ()
        operational = (
            "id", "user", "link_hash", "made_at", "made_by", "ends", "used", "withdrawn_at", "withdrawn_by",
        )  # fmt: skip
        public = ()
        masked = ("link_hash",)

    def __str__(self) -> str:
        return str(self.pk)

    def works(self, now: datetime) -> bool:
        """Whether it opens anything at this moment."""
        return self.used is None and self.withdrawn_at is None and now < self.ends
