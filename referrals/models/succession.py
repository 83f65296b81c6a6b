"""Who succeeds a referrer: somebody of the same organisation, where the one who wrote at work is there no more."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from referrals.models.belonging import Belonging
from referrals.models.referral import Referral


class SuccessionCause(models.TextChoices):
    """Why somebody else answers for the organisation."""

    LEFT = "left", _("They left the organisation")
    AWAY = "away", _("They are away for long")
    ASKED = "asked", _("They asked to be succeeded")
    OTHER = "other", _("Another reason")


@keep_history()
class Succession(Belonging):
    """One stands beside the earlier, and the latest that is not struck stands. What it says is never edited.

    `contact_code_hash` is kept as of a referral's own code. It is empty until an officer has invited the successor,
    and another with each invitation. `agency` is whose officer recorded it.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="successions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=8, choices=SuccessionCause.choices)
    name = SealedText(of="person_id")
    role = SealedText(of="person_id")
    email = SealedText(of="person_id")
    phone = SealedText(of="person_id")
    checked = SealedText(of="person_id")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    contact_code_hash = models.CharField(max_length=64, blank=True)
    invited_at = models.DateTimeField(null=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    struck_reason = SealedText(of="person_id", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(name__length__gt=EMPTY, email__length__gt=EMPTY, checked__length__gt=EMPTY),
                name="succession_says_who",
            ),
            models.CheckConstraint(
                condition=Q(invited_at=None, invited_by=None, contact_code_hash="")
                | Q(Q(invited_at__isnull=False, invited_by__isnull=False), ~Q(contact_code_hash="")),
                name="succession_invited_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None, struck_reason=None)
                | Q(struck_at__isnull=False, struck_by__isnull=False, struck_reason__length__gt=EMPTY),
                name="succession_struck_out",
            ),
        ]
        indexes = [models.Index(fields=["referral", "recorded_at"], name="succession_of_referral")]

    class Privacy:
        person = "referral__person"
        personal = ("name", "role", "email", "phone", "checked", "struck_reason")
        operational = (
            "id", "referral", "agency", "cause", "recorded_at", "recorded_by", "contact_code_hash", "invited_at",
            "invited_by", "struck_at", "struck_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_invited(self) -> bool:
        """Whether they were sent a link, for which they have a code."""
        return self.invited_at is not None

    @property
    def is_struck(self) -> bool:
        """Whether it was recorded in error."""
        return self.struck_at is not None

    def stood_at(self, moment: datetime) -> bool:
        """Whether it was on record at a moment, and not struck yet."""
        return self.recorded_at <= moment and (self.struck_at is None or moment < self.struck_at)
