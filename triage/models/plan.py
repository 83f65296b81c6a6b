"""The plan of a police-led partnership, and its reviews: rows that are added and never edited."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from audit.models import Recorded, Stateful
from triage.models.partnership import Partnership
from triage.states import PLANNED, PlannedState


class ReviewDecision(models.TextChoices):
    """What a review decides. To end and to move to Channel take an outcome signed at the gateway."""

    CONTINUE = "continue", _("Continue as planned")
    CHANGE = "change", _("Change the plan")
    END = "end", _("Ask to end it")
    CHANNEL = "channel", _("Ask to move it to Channel")


ASKS_TO_LEAVE = (ReviewDecision.END, ReviewDecision.CHANNEL)


class BecameOfIt(models.TextChoices):
    """What became of a planned action."""

    DONE = PlannedState.DONE, _("It is done")
    DROPPED = PlannedState.DROPPED, _("It is dropped")


class _OfPartnership(models.Model):
    """A row of one partnership, sealed under the key of its person."""

    partnership: models.ForeignKey[Partnership, Partnership]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def person_id(self) -> UUID:
        """Whose key seals it."""
        return self.partnership.person_id


@keep_history()
class Plan(_OfPartnership, Recorded):
    """What a partnership is to reach, as it was written then: the latest stands."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="plans")
    aims = SealedText(of="person_id")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(aims__length__gt=EMPTY), name="plan_aims")]

    class Privacy:
        person = "partnership__person"
        personal = ("aims",)
        operational = ("id", "partnership", "written_at", "written_by")
        public = ()


@keep_history()
class PlannedAction(_OfPartnership, Stateful):
    """One thing to do: what, whose, and by which day. `owner` is empty while whoever had it has left.

    `contacts` where it means contact with the person or about them: it is planned only while that is cleared.
    """

    states = PLANNED

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="planned")
    state = models.CharField(max_length=8, choices=PlannedState.choices, default=PlannedState.OPEN)
    words = SealedText(of="person_id")
    contacts = models.BooleanField(default=False, db_default=False)
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = SealedText(of="person_id", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(words__length__gt=EMPTY), name="planned_words"),
            models.CheckConstraint(
                condition=Q(state=PlannedState.OPEN, closed_at=None, closed_by=None, reason=None)
                | ~Q(state=PlannedState.OPEN)
                & Q(closed_at__isnull=False, closed_by__isnull=False, reason__length__gt=EMPTY),
                name="planned_closed_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], name="planned_open", condition=Q(state=PlannedState.OPEN)),
        ]

    class Privacy:
        person = "partnership__person"
        personal = ("words", "reason")
        operational = (
            "id", "partnership", "state", "contacts", "owner", "due_on", "planned_at", "planned_by", "closed_at",
            "closed_by",
        )  # fmt: skip
        public = ()

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.state == PlannedState.OPEN

    def is_overdue(self, today: date) -> bool:
        """Whether it was to be done before today."""
        return self.is_open and self.due_on < today


@keep_history()
class PartnershipReview(_OfPartnership, Recorded):
    """What the owner found, what they decided and why, and when they look again."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="reviews")
    found = SealedText(of="person_id")
    decision = models.CharField(max_length=8, choices=ReviewDecision.choices)
    reason = SealedText(of="person_id")
    due_on = models.DateField()
    next_on = models.DateField()
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(found__length__gt=EMPTY, reason__length__gt=EMPTY), name="partnership_review_words"
            ),
        ]

    class Privacy:
        person = "partnership__person"
        personal = ("found", "decision", "reason")
        operational = ("id", "partnership", "due_on", "next_on", "held_at", "held_by")
        public = ()

    @property
    def asks_to_leave(self) -> bool:
        """Whether the owner asks that it ends, or goes to Channel."""
        return self.decision in ASKS_TO_LEAVE
