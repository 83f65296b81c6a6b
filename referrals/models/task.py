"""Something that somebody must see done about a referral: one person, one team, or whoever holds a role."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.roles import RoleName
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from referrals.models.belonging import Belonging
from referrals.models.referral import Referral


class TaskKind(models.TextChoices):
    """What is to be done."""

    ALLEGATION = "allegation", _("Decide what must be done about a possible allegation against a member of staff")
    WORK = "work", _("What a colleague has asked for")


@keep_history()
class Task(Belonging):
    """Something to do about a referral, in an agency that has it, until it is said what came of it.

    An allegation is owned by whoever holds `role`. Work that a colleague asked for in `words` is its `owner`'s, or
    without one the whole team's. It is due when whoever opened it chose (`due_chosen`), else by the local target.
    What was `taken_back` is done too: its `outcome` is why.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="tasks")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, choices=RoleName.choices, blank=True)
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=TaskKind.choices)
    words = SealedText(of="person_id", null=True)
    due = models.DateTimeField()
    due_chosen = models.BooleanField(default=False, db_default=False)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = SealedText(of="person_id", null=True)
    taken_back = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "kind"], name="task_allegation_once", condition=Q(kind=TaskKind.ALLEGATION)
            ),
            models.CheckConstraint(
                condition=Q(kind=TaskKind.ALLEGATION, owner=None, words=None, taken_back=False) & ~Q(role="")
                | Q(kind=TaskKind.WORK, role="", words__isnull=False, words__length__gt=EMPTY),
                name="task_kind_tells_the_truth",
            ),
            models.CheckConstraint(
                condition=Q(taken_back=False) | Q(done_at__isnull=False), name="task_taken_back_is_done"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, outcome=None)
                | Q(done_at__isnull=False, done_by__isnull=False, outcome__isnull=False),
                name="task_done_with_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "due", "id"], name="task_open", condition=Q(done_at=None)),
            models.Index(fields=["owner", "due", "id"], name="task_owned", condition=Q(done_at=None)),
            models.Index(fields=["opened_by", "due", "id"], name="task_given", condition=Q(done_at=None)),
        ]

    class Privacy:
        person = "referral__person"
        personal = ("words", "outcome")
        operational = (
            "id", "referral", "agency", "role", "owner", "kind", "due", "due_chosen", "opened_at", "opened_by",
            "done_at", "done_by", "taken_back",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_done(self) -> bool:
        """Whether it is done, or was taken back."""
        return self.done_at is not None

    @property
    def whose(self) -> str:
        """Who has to do it: one person, one team or one role."""
        if self.owner is not None:
            return self.owner.name
        return str(self.get_role_display()) if self.role else str(_("The whole team"))
