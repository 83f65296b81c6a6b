"""Many near-identical referrals within minutes, and what the national desk decided about them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from audit.fields import SealedText
from audit.history import keep_history
from audit.models import Recorded


class FloodOutcome(models.TextChoices):
    """What was decided about those held until then."""

    RELEASED = "released", _("Released")
    REJECTED = "rejected", _("Rejected")


@keep_history()
class Flood(Recorded):
    """A group in the quarantine. `leader` is the first referral of it, whose story all others tell.

    `sent_on` names those that went to their receivers before there was a flood to recognise; `immediate` counts those
    that went all the same, because somebody may be in danger. A decision holds for those held at `decided_at` and
    before; while `carrying_out` the sweep works through them. `alarmed` is when the desk was told, `remind_due` when
    it is told again.
    """

    leader = models.UUIDField(unique=True)
    started_at = models.DateTimeField()
    sent_on = models.JSONField(default=list)
    immediate = models.PositiveIntegerField(default=0)
    alarmed = models.DateTimeField(null=True)
    remind_due = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=FloodOutcome.choices, blank=True)
    reason = SealedText(of="key_of")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    carrying_out = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, outcome="", carrying_out=False)
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(outcome="")),
                name="flood_decided_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["started_at"], name="flood_started"),
            models.Index(fields=["id"], name="flood_carrying_out", condition=Q(carrying_out=True)),
        ]

    class Privacy:
        person = None  # of many persons; what concerns one stands in their own row of the quarantine
        personal = ("reason",)
        operational = (
            "id", "leader", "started_at", "sent_on", "immediate", "alarmed", "remind_due", "outcome",
            "decided_at", "decided_by", "carrying_out",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def key_of(self) -> None:
        """The house's own key seals the reason."""
        return
