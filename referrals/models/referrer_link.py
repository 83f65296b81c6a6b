"""A one-time link by which the referrer comes back to their own page."""

from django.db import models
from django.db.models import Q

from audit.models import Recorded
from referrals.models.referral import Referral
from referrals.models.succession import Succession


class ReferrerLink(Recorded):
    """`link` is a keyed hash of what the e-mail holds. One that was used has verified the address it was sent to.

    `succession` says whose that is; it is empty for the referrer's own.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="referrer_links")
    succession = models.ForeignKey(Succession, null=True, on_delete=models.PROTECT, related_name="+")
    link = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.UUIDField(null=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None, used_by=None) | Q(used_at__isnull=False, used_by__isnull=False),
                name="referrer_link_used_by_whom",
            ),
        ]

    class Privacy:
        person = "referral__person"
        personal = ()
        operational = (
            "id", "referral", "succession", "link", "made_at", "made_by", "expires_at", "used_at", "used_by",
            "wrong_codes",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
