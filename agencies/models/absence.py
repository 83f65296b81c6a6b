"""Somebody is away, and a colleague of the same agency covers for them."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from agencies.models.agency import Agency
from agencies.models.user import User
from audit.history import keep_history
from audit.models import Recorded, RecordedQuerySet


class AbsenceQuerySet(RecordedQuerySet):
    """Dated rows."""

    def standing(self) -> Self:
        """Absences that nobody has called off."""
        return self.filter(ended_at=None)

    def in_force(self, on: date) -> Self:
        """Absences of the day."""
        return self.standing().filter(starts_on__lte=on, ends_on__gte=on)


@keep_history()
class Absence(Recorded):
    """From the first day to the last, both included. `ended_at` is set when it is called off or cut short."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    cover = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covering")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()
    arranged_at = models.DateTimeField()
    arranged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    objects: ClassVar[Any] = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_dates"),
            models.CheckConstraint(condition=~Q(user=F("cover")), name="absence_covered_by_another"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="absence_ended_pair",
            ),
        ]
        indexes = [models.Index(fields=["agency", "ends_on"], name="absence_standing", condition=Q(ended_at=None))]

    class Privacy:
        person = None
        personal = ()
        operational = (
            "id", "user", "cover", "agency", "starts_on", "ends_on",
            "arranged_at", "arranged_by", "ended_at", "ended_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
