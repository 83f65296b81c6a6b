"""What an agency's own system calls a referral that was dispatched to it."""

from uuid import UUID

from django.db import models

from agencies.models import User
from audit.fields import SealedText
from audit.history import keep_history
from audit.models import Recorded
from referrals.models.dispatch import Dispatch


@keep_history()
class SystemLink(Recorded):
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

    @property
    def person_id(self) -> UUID:
        """Whose data key seals the link."""
        return self.dispatch.referral.person_id
