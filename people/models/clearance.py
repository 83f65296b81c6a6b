"""That the police have cleared contact about a person. Where no clearance stands, it is not cleared."""

from django.db import models
from django.db.models import Q

from agencies.models import User
from audit.history import keep_history
from audit.models import Recorded
from people.models.person import Person


@keep_history()
class Clearance(Recorded):
    """Given by a deconfliction, which is triage's and holds the words; here is what the rooms below must know.

    It stands until it is ended, and no longer than through `review_on`, a day in Europe/London. Written by
    `give_clearance` and `end_clearance` alone, which only triage's actions call.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="clearances")
    with_conditions = models.BooleanField()
    review_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], name="clearance_one_stands", condition=Q(ended_at=None)),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="clearance_ended_pair",
            ),
        ]

    class Privacy:
        person = "person"
        personal = ()
        operational = (
            "id", "person", "with_conditions", "review_on", "given_at", "given_by", "ended_at", "ended_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
