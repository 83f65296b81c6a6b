"""What somebody looks for, so that the address of the results names nobody."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from agencies.models import User
from audit.fields import EMPTY, SealedText
from audit.models import Recorded

KEPT = timedelta(hours=1)


class Search(Recorded):
    """The words as they were typed, for whoever typed them and for an hour.

    Whom they mean is not known: they are sealed under the house's key. That there was a search, and an HMAC of each
    term, is on the ledger from when its results are shown; the row itself leaves no entries, for a sweep takes it away.
    """

    words = SealedText(of="key_of")
    made_at = models.DateTimeField(db_index=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    key_of = None  # the house's own

    class Meta:
        verbose_name_plural = "searches"
        constraints = [models.CheckConstraint(condition=Q(words__length__gt=EMPTY), name="search_has_words")]

    class Privacy:
        person = None
        personal = ("words",)
        operational = ("id", "made_at", "made_by")
        public = ()
        ledger = False

    def __str__(self) -> str:
        return str(self.pk)
