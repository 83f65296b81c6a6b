"""Whom one referral describes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import keep_history
from audit.models import Recorded


class AdultOrChild(models.TextChoices):
    """What the referrer believes."""

    ADULT = "adult", _("Adult")
    CHILD = "child", _("Child")
    UNKNOWN = "unknown", _("Adult or child not known")


@keep_history()
class Person(Recorded):
    """Each referral creates its own person; officers confirm which of them are one human being.

    Names are kept exactly as they were typed. What the referrer did not know is empty. `record_id` is the same for all
    whom confirmed matches join, the lowest of their ids; empty for somebody who is joined with nobody. Only
    `people.records` writes it.
    """

    given_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    other_names = models.CharField(max_length=500, blank=True)
    adult_or_child = models.CharField(max_length=8, choices=AdultOrChild.choices)
    date_of_birth = models.DateField(null=True)
    approximate_age = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    record_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["record_id"], name="person_of_record", condition=~Q(record_id=None))]

    class Privacy:
        person = "self"
        personal = (
            "given_names", "family_name", "other_names", "adult_or_child",
            "date_of_birth", "approximate_age", "postcode",
        )  # fmt: skip
        operational = ("id", "record_id")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name(self) -> str:
        """The name as colleagues read it, or an honest phrase where none is known."""
        return " ".join(part for part in (self.given_names, self.family_name) if part) or str(_("Name not known"))

    @property
    def age(self) -> int | None:
        """Whole years today, in Europe/London; None where the date of birth is not known."""
        if self.date_of_birth is None:
            return None
        today, born = timezone.localdate(), self.date_of_birth
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
