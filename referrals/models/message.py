"""Words that an officer released to a professional referrer."""

from django.db import models

from agencies.models import Agency, User
from audit.history import keep_history
from audit.models import Recorded
from referrals.models.referral import Referral
from referrals.released import Released


@keep_history()
class Message(Recorded):
    """One of the templates, on the referrer's page from then on. `agency` is whose officer released it: not shown."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="messages")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=16, choices=Released.choices)
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["referral", "released_at"], name="message_of_referral")]

    class Privacy:
        person = "referral__person"
        personal = ()
        operational = ("id", "referral", "agency", "words", "released_at", "released_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
