"""A browser in which the referrer's page is open."""

from django.db import models

from audit.models import Recorded
from referrals.models.referral import Referral


class ReferrerVisit(Recorded):
    """One for each browser. `browser` is a keyed hash of the secret in its cookie; a sweep takes the row away.

    It leaves no ledger entries of its own: that the referrer came is an event.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    browser = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)

    class Privacy:
        person = "referral__person"
        personal = ()
        operational = ("id", "referral", "browser", "began_at", "touched_at")
        public = ()
        ledger = False

    def __str__(self) -> str:
        return str(self.pk)
