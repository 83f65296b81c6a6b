"""What is checked at least before an answer is given: versions of one list for all regions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from audit.history import keep_history
from audit.models import Recorded, Stateful
from triage.states import STANDARD, StandardState


class Moment(models.TextChoices):
    """Before what a step is to be done."""

    DECONFLICTION = "deconfliction", _("Before a deconfliction is answered")
    GATEWAY = "gateway", _("Before a gateway assessment is signed")


_NOT_PUBLISHED = Q(published_at=None, published_by=None, in_force_from=None, note="")
_PUBLISHED = Q(published_at__isnull=False, published_by__isnull=False, in_force_from__isnull=False) & ~Q(note="")


@keep_history()
class Standard(Stateful):
    """One version of the minimum process standards.

    `origin` says what it rests on, and what it is not; `note` what changed, for the regions. It holds from the day
    `in_force_from`, always a later one than that of its publication, until a later version does: what was opened
    before that day is answered by the version of before.
    """

    states = STANDARD

    number = models.PositiveSmallIntegerField(unique=True)
    state = models.CharField(max_length=10, choices=StandardState.choices, default=StandardState.DRAFT)
    origin = models.TextField(blank=True, default="")
    drafted_at = models.DateTimeField()
    drafted_by = models.UUIDField()
    note = models.TextField(blank=True, default="")
    in_force_from = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], name="standard_one_draft", condition=Q(state=StandardState.DRAFT)
            ),
            models.UniqueConstraint(
                fields=["state"], name="standard_one_published", condition=Q(state=StandardState.PUBLISHED)
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="standard_published_pair",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at=None, superseded_by=None)
                | Q(superseded_at__isnull=False, superseded_by__isnull=False),
                name="standard_superseded_pair",
            ),
            models.CheckConstraint(
                condition=_NOT_PUBLISHED & Q(state=StandardState.DRAFT, superseded_at=None)
                | _PUBLISHED & Q(state=StandardState.PUBLISHED, superseded_at=None)
                | _PUBLISHED & Q(state=StandardState.SUPERSEDED, superseded_at__isnull=False),
                name="standard_state_tells_the_truth",
            ),
        ]

    class Privacy:
        person = None
        personal = ()
        operational = (
            "id", "number", "state", "origin", "drafted_at", "drafted_by", "note", "in_force_from", "published_at",
            "published_by", "superseded_at", "superseded_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_draft(self) -> bool:
        """Whether it can be changed still."""
        return self.state == StandardState.DRAFT


@keep_history()
class StandardStep(Recorded):
    """One thing that is checked. `code` is the same in every version that has the step, whatever its words.

    `words` say what to check, `guidance` how. What is `required` has to be ticked off before the answer is taken:
    done, or not with the reason.
    """

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="steps")
    code = models.CharField(max_length=40)
    moment = models.CharField(max_length=16, choices=Moment.choices)
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    guidance = models.TextField(blank=True, default="")
    required = models.BooleanField()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "code"], name="standardstep_code_once"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(code=""), name="standardstep_says_what"),
        ]

    class Privacy:
        person = None
        personal = ()
        operational = ("id", "standard", "code", "moment", "position", "words", "guidance", "required")
        public = ()

    def __str__(self) -> str:
        return self.code
