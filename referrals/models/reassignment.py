"""A supervisor gave a referral to another colleague, and why."""

from typing import Any

from django.db import models

from agencies.models import User
from audit.fields import SealedText
from audit.history import keep_history
from referrals.models.belonging import Belonging
from referrals.models.dispatch import Dispatch
from referrals.models.referral import Referral


@keep_history()
class Reassignment(Belonging):
    """Never changed once written. Without `from_user` it was nobody's. The reason is sealed under the person's key."""

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="reassignments")
    from_user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    to_user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = SealedText(of="person_id")
    reassigned_at = models.DateTimeField()
    reassigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Privacy:
        person = "dispatch__referral__person"
        personal = ("reason",)
        operational = ("id", "dispatch", "from_user", "to_user", "reassigned_at", "reassigned_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def referral_of(row: Any) -> Referral:
        """The referral that was given to somebody else."""
        found: Referral = row.dispatch.referral
        return found
