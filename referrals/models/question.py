"""What an officer wants to know from the referrer."""

from django.db import models
from django.db.models import Q

from agencies.models import Agency, User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from audit.models import Stateful
from referrals.models.belonging import Belonging
from referrals.models.referral import Referral
from referrals.states import QUESTION, QuestionState

# What the referrer's page shows: once it was shown it stays, whatever becomes of the clearance.
SHOWN = (QuestionState.RELEASED, QuestionState.ANSWERED)


@keep_history()
class Question(Belonging, Stateful):
    """Held until it is released, which takes a clearance; withdrawn while it is held. An answer is never edited.

    `agency` is whose officer asks: the referrer is not told which it is.
    """

    states = QUESTION

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="questions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=QuestionState.choices, default=QuestionState.HELD)
    words = SealedText(of="person_id")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer = SealedText(of="person_id", null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = SealedText(of="person_id", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(words__length__gt=EMPTY), name="question_has_words"),
            models.CheckConstraint(
                condition=Q(~Q(state__in=SHOWN), released_at=None, released_by=None)
                | Q(state__in=SHOWN, released_at__isnull=False, released_by__isnull=False),
                name="question_released_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(~Q(state=QuestionState.ANSWERED), answered_at=None, answered_by=None, answer=None)
                | Q(
                    state=QuestionState.ANSWERED,
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    answer__length__gt=EMPTY,
                ),
                name="question_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(~Q(state=QuestionState.WITHDRAWN), withdrawn_at=None, withdrawn_by=None, reason=None)
                | Q(
                    state=QuestionState.WITHDRAWN,
                    withdrawn_at__isnull=False,
                    withdrawn_by__isnull=False,
                    reason__length__gt=EMPTY,
                ),
                name="question_withdrawn_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["referral", "asked_at"], name="question_of_referral"),
            models.Index(fields=["asked_at", "id"], name="question_held", condition=Q(state="held")),
            models.Index(fields=["released_at", "id"], name="question_waiting", condition=Q(state="released")),
        ]

    class Privacy:
        person = "referral__person"
        personal = ("words", "answer", "reason")
        operational = (
            "id", "referral", "agency", "state", "asked_at", "asked_by", "released_at", "released_by", "answered_at",
            "answered_by", "withdrawn_at", "withdrawn_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_held(self) -> bool:
        """Whether the referrer has not been shown it, and may be yet."""
        return self.state == QuestionState.HELD

    @property
    def is_answered(self) -> bool:
        """Whether the referrer has answered."""
        return self.state == QuestionState.ANSWERED
