"""Somebody was shown who made a referral although the referrer asked not to be named."""

from typing import Any

from django.db import models
from django.db.models import Q

from agencies.models import User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from referrals.models.belonging import Belonging
from referrals.models.dispatch import Dispatch
from referrals.models.referral import Referral


@keep_history()
class ReferrerShown(Belonging):
    """To `shown_by`, by their own decision, until the end of `day`. Never changed once written."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="referrer_shown")
    reason = SealedText(of="person_id")
    day = models.DateField()
    shown_at = models.DateTimeField()
    shown_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shown_by", "dispatch", "day"], name="referrer_shown_once_a_day"),
            models.CheckConstraint(condition=Q(reason__length__gt=EMPTY), name="referrer_shown_reason"),
        ]
        verbose_name_plural = "referrers shown"

    class Privacy:
        person = "dispatch__referral__person"
        personal = ("reason",)
        operational = ("id", "dispatch", "day", "shown_at", "shown_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def referral_of(row: Any) -> Referral:
        """The referral whose referrer was shown."""
        found: Referral = row.dispatch.referral
        return found
