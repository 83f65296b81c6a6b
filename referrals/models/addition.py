"""What a referrer said after they had sent a referral: it stands beside it, and neither is ever edited."""

from django.db import models
from django.db.models import Q

from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from referrals.models.belonging import Belonging
from referrals.models.referral import Referral


@keep_history()
class Addition(Belonging):
    """Words that the referrer added on their page, sealed under the person's key. Files are documents of their own."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="additions")
    text = SealedText(of="person_id")
    added_at = models.DateTimeField()
    added_by = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(text__length__gt=EMPTY), name="addition_has_words")]
        indexes = [models.Index(fields=["referral", "added_at"], name="addition_of_referral")]

    class Privacy:
        person = "referral__person"
        personal = ("text",)
        operational = ("id", "referral", "added_at", "added_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
