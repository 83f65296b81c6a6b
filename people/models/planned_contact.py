"""Contact that an officer has authorised, and that is still to come."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from people.models.contact import ContactHow
from people.models.written import Written


class ContactTo(models.TextChoices):
    """With whom it is to be."""

    PERSON = "person", _("The person")
    CARER = "carer", _("A parent or carer")
    SOMEBODY_ELSE = "somebody_else", _("Somebody else")


@keep_history()
class PlannedContact(Written):
    """Authorised while contact was cleared, or urgently (`urgency`). Cancelled, it is struck out as other rows are.

    `day` is in Europe/London; `maker` says who is to make it. Where clearance ends before that day it is suspended, and
    stays so: what is cleared later may be cleared otherwise, and is authorised anew.
    """

    with_whom = models.CharField(max_length=16, choices=ContactTo.choices)
    whom = SealedText(of="person_id")
    day = models.DateField()
    clock = models.TimeField(null=True)
    how = models.CharField(max_length=16, choices=ContactHow.choices)
    purpose = SealedText(of="person_id")
    maker = SealedText(of="person_id")
    suspended_at = models.DateTimeField(null=True)
    suspended_by = models.UUIDField(null=True)

    class Meta(Written.Meta):
        constraints = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=Q(purpose__length__gt=EMPTY), name="planned_contact_says_what_for"),
            models.CheckConstraint(condition=Q(maker__length__gt=EMPTY), name="planned_contact_says_who_makes_it"),
            models.CheckConstraint(
                condition=Q(suspended_at=None, suspended_by=None)
                | Q(suspended_at__isnull=False, suspended_by__isnull=False),
                name="planned_contact_suspended_pair",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "day", "id"],
                name="planned_contact_suspended",
                condition=Q(suspended_at__isnull=False, struck_at=None),
            )
        ]

    class Privacy:
        person = "person"
        personal = ("whom", "purpose", "maker", *Written.PERSONAL)
        operational = (
            "with_whom", "day", "clock", "how", "suspended_at", "suspended_by", *Written.OPERATIONAL,
        )  # fmt: skip
        public = ()

    @property
    def is_suspended(self) -> bool:
        """Whether clearance ended before it was made."""
        return self.suspended_at is not None

    @property
    def is_urgent(self) -> bool:
        """Whether it was authorised although contact was not cleared. At hand where `urgency` is."""
        return hasattr(self, "urgency")

    def is_over(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.day < today
