"""What a region found to work well, for all others."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from agencies.models import Agency, User
from audit.history import keep_history
from audit.models import Stateful
from triage.states import PRACTICE, PracticeState


def _pair(name: str) -> models.CheckConstraint:
    """Both when and who, or neither."""
    nothing, both = ({f"{name}_{each}__isnull": empty for each in ("at", "by")} for empty in (True, False))
    return models.CheckConstraint(condition=Q(**nothing) | Q(**both), name=f"practicenote_{name}_pair")


@keep_history()
class PracticeNote(Stateful):
    """Words beside one step of the standards, offered by `region` and published by headquarters.

    It belongs to the step's code, so that it stays beside the step in later versions. `reason` is why it was not
    published, or why it was withdrawn. Nothing in it is about a person or a case.
    """

    states = PRACTICE

    step_code = models.CharField(max_length=40)
    region = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    state = models.CharField(max_length=9, choices=PracticeState.choices, default=PracticeState.OFFERED)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    declined_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["offered_at", "id"]
        constraints = [
            _pair("published"),
            _pair("declined"),
            _pair("withdrawn"),
            models.CheckConstraint(
                condition=Q(state=PracticeState.OFFERED, published_at=None, declined_at=None, withdrawn_at=None)
                | Q(state=PracticeState.PUBLISHED, published_at__isnull=False, declined_at=None, withdrawn_at=None)
                | Q(state=PracticeState.DECLINED, published_at=None, declined_at__isnull=False, withdrawn_at=None)
                | Q(
                    state=PracticeState.WITHDRAWN,
                    published_at__isnull=False,
                    declined_at=None,
                    withdrawn_at__isnull=False,
                ),
                name="practicenote_state_tells_the_truth",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(PracticeState.OFFERED, PracticeState.PUBLISHED), reason="")
                | Q(state__in=(PracticeState.DECLINED, PracticeState.WITHDRAWN)) & ~Q(reason=""),
                name="practicenote_refused_with_a_reason",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="practicenote_says_something"),
        ]
        indexes = [models.Index(fields=["step_code", "state"], name="practicenote_of_step")]

    class Privacy:
        person = None
        personal = ()
        operational = (
            "id", "step_code", "region", "words", "state", "offered_at", "offered_by", "published_at", "published_by",
            "declined_at", "declined_by", "withdrawn_at", "withdrawn_by", "reason",
        )  # fmt: skip
        public = ()

    @property
    def since(self) -> datetime:
        """When it came to be what it is now."""
        return self.withdrawn_at or self.declined_at or self.published_at or self.offered_at

    def __str__(self) -> str:
        return str(self.pk)
