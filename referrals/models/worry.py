"""What worries a referrer about how their referral is handled."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from agencies.models import Agency, User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from referrals.models.belonging import Belonging
from referrals.models.referral import Referral


@keep_history()
class Worry(Belonging):
    """One row for each agency that has the referral: those who supervise there answer for their own agency.

    `due` is by the agency's local target. The answer is internal: the referrer is not shown it.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="worries")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    words = SealedText(of="person_id")
    due = models.DateTimeField()
    raised_at = models.DateTimeField()
    raised_by = models.UUIDField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answer = SealedText(of="person_id", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(words__length__gt=EMPTY), name="worry_has_words"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False, answer__length__gt=EMPTY),
                name="worry_answered_in_words",
            ),
        ]
        indexes = [
            models.Index(fields=["referral", "raised_at"], name="worry_of_referral"),
            models.Index(fields=["agency", "due", "id"], name="worry_open", condition=Q(answered_at=None)),
        ]

    class Privacy:
        person = "referral__person"
        personal = ("words", "answer")
        operational = (
            "id", "referral", "agency", "due", "raised_at", "raised_by", "answered_at", "answered_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_answered(self) -> bool:
        """Whether somebody who supervises has answered."""
        return self.answered_at is not None

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been answered."""
        return not self.is_answered and self.due < now
