"""Something that somebody in a named role must see done about a referral."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.roles import RoleName
from audit.fields import SealedText
from audit.history import keep_history
from referrals.models.belonging import Belonging
from referrals.models.referral import Referral


class TaskKind(models.TextChoices):
    """What is to be done."""

    ALLEGATION = "allegation", _("Decide what must be done about a possible allegation against a member of staff")


@keep_history()
class Task(Belonging):
    """Owned by whoever holds `role` in `agency`, until it is done and it is said what came of it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="tasks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, choices=RoleName.choices)
    kind = models.CharField(max_length=16, choices=TaskKind.choices)
    due = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = SealedText(of="person_id", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "kind"], name="task_once"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, outcome=None)
                | Q(done_at__isnull=False, done_by__isnull=False, outcome__isnull=False),
                name="task_done_with_outcome",
            ),
        ]
        indexes = [models.Index(fields=["agency", "due", "id"], name="task_open", condition=Q(done_at=None))]

    class Privacy:
        person = "referral__person"
        personal = ("outcome",)
        operational = (
            "id", "referral", "agency", "role", "kind", "due", "opened_at", "opened_by", "done_at", "done_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_done(self) -> bool:
        """Whether it is done."""
        return self.done_at is not None
