"""What an agency's own system calls a referral that was dispatched to it."""

from typing import Any

from django.db import models

from agencies.models import User
from audit.fields import SealedText
from audit.history import keep_history
from referrals.models.belonging import Belonging
from referrals.models.dispatch import Dispatch
from referrals.models.referral import Referral


@keep_history()
class SystemLink(Belonging):
    """One version of the link: the system's own case number and status, as it wrote them back.

    Never changed: what the system says next is the next version. Sealed under the person's key.
    """

    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT, related_name="system_links")
    version = models.PositiveIntegerField()
    case_number = SealedText(of="person_id")
    status = SealedText(of="person_id")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    is_newest = False  # set by the selector

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispatch", "version"], name="system_link_version")]

    class Privacy:
        person = "dispatch__referral__person"
        personal = ("case_number", "status")
        operational = ("id", "dispatch", "version", "written_at", "written_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @staticmethod
    def referral_of(row: Any) -> Referral:
        """The referral that the system works."""
        found: Referral = row.dispatch.referral
        return found
