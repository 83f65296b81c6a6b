"""A referral that is stored and waits for the national desk to send it on or to reject it."""

from django.db import models
from django.db.models import Q

from agencies.models import User
from audit.fields import SealedText
from audit.history import keep_history
from audit.models import Stateful
from referrals.models.belonging import Belonging
from referrals.models.flood import Flood
from referrals.models.referral import Referral
from referrals.states import QUARANTINE, QuarantineState


@keep_history()
class Quarantined(Belonging, Stateful):
    """Stands beside the referral, which nobody else sees until it is released. A rejected one stays stored."""

    states = QUARANTINE

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="quarantine")
    flood = models.ForeignKey(Flood, on_delete=models.PROTECT, related_name="held")
    state = models.CharField(max_length=12, choices=QuarantineState.choices, default=QuarantineState.HELD)
    held_at = models.DateTimeField()
    held_by = models.UUIDField()
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    rejected_at = models.DateTimeField(null=True)
    rejected_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = SealedText(of="person_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="quarantined_released_pair",
            ),
            models.CheckConstraint(
                condition=Q(rejected_at=None, rejected_by=None)
                | Q(rejected_at__isnull=False, rejected_by__isnull=False),
                name="quarantined_rejected_pair",
            ),
            models.CheckConstraint(
                condition=Q(state=QuarantineState.HELD, released_at=None, rejected_at=None)
                | Q(state=QuarantineState.RELEASED, released_at__isnull=False)
                | Q(state=QuarantineState.REJECTED, released_at=None, rejected_at__isnull=False),
                name="quarantined_state_tells_the_truth",
            ),
        ]
        indexes = [
            models.Index(fields=["flood", "state", "-held_at", "-id"], name="quarantined_of_flood"),
            models.Index(
                fields=["flood", "held_at", "id"], name="quarantined_waiting", condition=Q(state=QuarantineState.HELD)
            ),
        ]
        verbose_name_plural = "quarantined"

    class Privacy:
        person = "referral__person"
        personal = ("reason",)
        operational = (
            "id", "referral", "flood", "state", "held_at", "held_by",
            "released_at", "released_by", "rejected_at", "rejected_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
