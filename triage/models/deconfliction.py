"""The police check that Prevent contact does not cut across an investigation."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from audit.models import Stateful
from people.models import Person
from referrals.models import Referral
from triage.states import DECONFLICTION, DeconflictionState


class Cause(models.TextChoices):
    """Why it was opened."""

    SUBMITTED = "submitted", _("The referral came in")
    NEW_INFORMATION = "new_information", _("New information")
    ASKED_FOR = "asked_for", _("An officer asked for it")
    BEFORE_EXIT = "before_exit", _("Before an exit")
    MOVED = "moved", _("Another police agency has it now")
    REVIEW_DATE = "review_date", _("The review date has passed")


class Outcome(models.TextChoices):
    """What FIMU answers. Only the first two let anybody be contacted."""

    CLEAR = "clear", _("Clear to proceed")
    CONDITIONS = "conditions", _("Proceed with conditions")
    HOLD = "hold", _("Hold contact")
    REFER = "refer", _("Refer to the investigation team")


CLEARING = (Outcome.CLEAR, Outcome.CONDITIONS)
_NOT_ANSWERED = Q(answered_at=None, answered_by=None, agency=None, outcome="", instruction=None, review_on=None)
_ANSWERED = Q(answered_at__isnull=False, answered_by__isnull=False, agency__isnull=False, review_on__isnull=False)


@keep_history()
class Deconfliction(Stateful):
    """One question to FIMU about the person of one referral, and its answer for `agency`: never intelligence.

    It stays with the person it was asked about, whomever the referral turns out to be about. An open one that is
    overtaken by something new is REPLACED by another, which keeps its `due`. `reason` is that of whoever asked for it.
    `two_sign` asks for two signatures under what becomes of it: nobody but FIMU reads it, and nobody is told why.
    `review_due` is the review date of the latest answer until it is asked again, so that a sweep finds what has passed.
    """

    states = DECONFLICTION

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="deconflictions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deconflictions")
    state = models.CharField(max_length=8, choices=DeconflictionState.choices, default=DeconflictionState.OPEN)
    cause = models.CharField(max_length=16, choices=Cause.choices)
    reason = SealedText(of="person_id", null=True)
    due = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    instruction = SealedText(of="person_id", null=True)
    review_on = models.DateField(null=True)
    review_due = models.DateField(null=True)
    two_sign = models.BooleanField(default=False, db_default=False)
    overtaken_at = models.DateTimeField(null=True)
    overtaken_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], name="deconfliction_one_open", condition=Q(state=DeconflictionState.OPEN)
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="deconfliction_answered_pair",
            ),
            models.CheckConstraint(
                condition=Q(overtaken_at=None, overtaken_by=None)
                | Q(overtaken_at__isnull=False, overtaken_by__isnull=False),
                name="deconfliction_overtaken_pair",
            ),
            models.CheckConstraint(
                condition=_NOT_ANSWERED & Q(state=DeconflictionState.OPEN, overtaken_at=None)
                | _NOT_ANSWERED & Q(state=DeconflictionState.REPLACED, overtaken_at__isnull=False)
                | _ANSWERED & Q(state=DeconflictionState.ANSWERED, overtaken_at=None, outcome__in=Outcome.values),
                name="deconfliction_state_tells_the_truth",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("", Outcome.CLEAR))
                | Q(instruction__isnull=False, instruction__length__gt=EMPTY),
                name="deconfliction_says_what_to_do",
            ),
            models.CheckConstraint(
                condition=~Q(cause=Cause.ASKED_FOR) & Q(reason=None)
                | Q(cause__in=(Cause.ASKED_FOR, Cause.BEFORE_EXIT), reason__isnull=False, reason__length__gt=EMPTY),
                name="deconfliction_asked_for_says_why",
            ),
            models.CheckConstraint(
                condition=Q(review_due=None) | Q(state=DeconflictionState.ANSWERED),
                name="deconfliction_reviewed_once_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["due", "id"], name="deconfliction_to_answer", condition=Q(state="open")),
            models.Index(
                fields=["review_due", "id"], name="deconfliction_review_due", condition=Q(review_due__isnull=False)
            ),
            models.Index(fields=["referral", "-opened_at", "-id"], name="deconfliction_latest"),
        ]

    class Privacy:
        person = "person"
        personal = ("reason", "outcome", "instruction")
        operational = (
            "id", "referral", "person", "state", "cause", "due", "opened_at", "opened_by", "answered_at",
            "answered_by", "agency", "review_on", "review_due", "two_sign", "overtaken_at", "overtaken_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether FIMU has still to answer."""
        return self.state == DeconflictionState.OPEN

    @property
    def is_answered(self) -> bool:
        """Whether FIMU has answered."""
        return self.state == DeconflictionState.ANSWERED

    @property
    def clears(self) -> bool:
        """Whether the answer lets the person be contacted."""
        return self.outcome in CLEARING

    def is_overdue(self, now: datetime) -> bool:
        """Whether FIMU is late, by the local target."""
        return self.is_open and self.due < now
