"""Why somebody looked at a referral that they do not work, or searched among them."""

from django.db import models
from django.db.models import Q

from agencies.models import User
from agencies.purposes import Purpose
from audit.fields import EMPTY, SealedText
from audit.models import Recorded
from referrals.models.belonging import Belonging
from referrals.models.referral import Referral


class RecordPurpose(Belonging):
    """For one reader, one referral and one day. Never changed once written; the ledger keeps it too."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="purposes")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    words = SealedText(of="person_id")
    day = models.DateField()
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stated_by", "referral", "day"], name="record_purpose_once_a_day"),
            models.CheckConstraint(condition=Q(words__length__gt=EMPTY), name="record_purpose_words"),
        ]

    class Privacy:
        person = "referral__person"
        personal = ("words",)
        operational = ("id", "referral", "purpose", "day", "stated_at", "stated_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)


class SearchPurpose(Recorded):
    """For one reader and one day. Whom it concerned is not known yet: the words are sealed under the house's key."""

    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    words = SealedText(of="key_of")
    day = models.DateField()
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    key_of = None  # the house's own

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stated_by", "day"], name="search_purpose_once_a_day"),
            models.CheckConstraint(condition=Q(words__length__gt=EMPTY), name="search_purpose_words"),
        ]

    class Privacy:
        person = None
        personal = ("words",)
        operational = ("id", "purpose", "day", "stated_at", "stated_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
