"""A supervisor gave a referral to another colleague, and why."""

from uuid import UUID

from django.db import models

from agencies.models import User
from audit.fields import SealedText
from audit.history import keep_history
from audit.models import Recorded
from referrals.models.dispatch import Dispatch


@keep_history()
class Reassignment(Recorded):
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

    @property
    def person_id(self) -> UUID:
        """Whose data key seals the reason."""
        return self.dispatch.referral.person_id
