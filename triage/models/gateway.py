"""The police assessment which decides what a referral becomes, and the signatures under it."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from agencies.models import Agency, User
from audit.fields import EMPTY, SealedJSON, SealedText
from audit.history import keep_history
from audit.models import Recorded, Stateful
from people.models import Person
from referrals.models import Referral
from triage.gateway_form import LATEST
from triage.models.deconfliction import Deconfliction
from triage.models.outcome import ASKS_FOR_EARLY_REVIEW, ClosingReason, NoConcerns, TriageOutcome
from triage.states import GATEWAY, GatewayState

_UNDER_WAY = (GatewayState.DRAFT, GatewayState.PROPOSED)
# Whatever was proposed once says what, why, and which of FIMU's answers it weighed.
_DECIDED = Q(
    outcome__in=TriageOutcome.values,
    rationale__isnull=False,
    rationale__length__gt=EMPTY,
    weighed__isnull=False,
    agrees__isnull=False,
    no_concerns__in=NoConcerns.values,
    considered__len__gt=0,
    proposed_at__isnull=False,
    proposed_by__isnull=False,
)


def _pair(verb: str, *more: str) -> models.CheckConstraint:
    """That both stand or neither, with a reason where there is a column for one."""
    names = [f"{verb}_at", f"{verb}_by", *more]
    none, all_ = Q(**{f"{name}__isnull": True for name in names}), Q(**{f"{name}__isnull": False for name in names})
    return models.CheckConstraint(condition=none | all_, name=f"gateway_{verb}_pair")


@keep_history()
class GatewayAssessment(Stateful):
    """One assessment of one referral, for `agency`, which had it when it was signed.

    `answers` are the words by the questions of form `form` (`triage.gateway_form`). `round` counts how often it was
    proposed: signatures of an earlier round count no more. `authors` are all who wrote in it: none of them signs.
    It stays with the person it was written about. `weighed` is FIMU's answer as it stood when it was written.
    """

    states = GATEWAY

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="gateway_assessments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="gateway_assessments")
    state = models.CharField(max_length=10, choices=GatewayState.choices, default=GatewayState.DRAFT)
    form = models.PositiveSmallIntegerField(default=LATEST)
    round = models.PositiveSmallIntegerField(default=0)
    authors = ArrayField(models.UUIDField(), default=list)
    answers = SealedJSON(of="person_id")
    outcome = models.CharField(max_length=20, choices=TriageOutcome.choices, blank=True, default="")
    considered = ArrayField(models.CharField(max_length=20, choices=TriageOutcome.choices), default=list)
    rationale = SealedText(of="person_id", null=True)
    weighed = models.ForeignKey(Deconfliction, null=True, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField(null=True)
    no_concerns = models.CharField(max_length=3, choices=NoConcerns.choices, blank=True, default="")
    reasons = ArrayField(models.CharField(max_length=16, choices=ClosingReason.choices), default=list)
    duplicate_of = models.ForeignKey(Referral, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    returned_reason = SealedText(of="person_id", null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reopened_reason = SealedText(of="person_id", null=True)
    overtaken_at = models.DateTimeField(null=True)
    overtaken_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], name="gateway_one_under_way", condition=Q(state__in=_UNDER_WAY)
            ),
            models.UniqueConstraint(
                fields=["referral"], name="gateway_one_stands", condition=Q(state=GatewayState.SIGNED)
            ),
            _pair("proposed"),
            _pair("returned", "returned_reason"),
            _pair("signed", "agency"),
            _pair("reopened", "reopened_reason"),
            _pair("overtaken"),
            models.CheckConstraint(
                condition=Q(state=GatewayState.DRAFT, signed_at=None)
                | _DECIDED & Q(state=GatewayState.PROPOSED, signed_at=None)
                | _DECIDED & Q(state=GatewayState.SIGNED, signed_at__isnull=False, reopened_at=None)
                | _DECIDED & Q(state=GatewayState.REOPENED, signed_at__isnull=False, reopened_at__isnull=False)
                | Q(state=GatewayState.OVERTAKEN, overtaken_at__isnull=False),
                name="gateway_state_tells_the_truth",
            ),
            models.CheckConstraint(
                condition=Q(returned_reason=None) | Q(returned_reason__length__gt=EMPTY), name="gateway_returned_reason"
            ),
            models.CheckConstraint(
                condition=Q(reopened_reason=None) | Q(reopened_reason__length__gt=EMPTY), name="gateway_reopened_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["proposed_at", "id"], name="gateway_to_sign", condition=Q(state=GatewayState.PROPOSED)
            ),
            models.Index(fields=["written_at", "id"], name="gateway_drafts", condition=Q(state=GatewayState.DRAFT)),
        ]

    class Privacy:
        person = "person"
        personal = (
            "answers", "outcome", "considered", "rationale", "agrees", "no_concerns", "reasons", "returned_reason",
            "reopened_reason",
        )  # fmt: skip
        operational = (
            "id", "referral", "person", "state", "form", "round", "authors", "weighed", "duplicate_of", "opened_at",
            "opened_by", "written_at", "written_by", "proposed_at", "proposed_by", "returned_at", "returned_by",
            "signed_at", "signed_by", "agency", "reopened_at", "reopened_by", "overtaken_at", "overtaken_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    def authors_with(self, user: User) -> list[UUID]:
        """The ids of all who wrote in it, and of one more who does now."""
        return [*self.authors, *({user.pk} - {*self.authors})]

    @property
    def is_draft(self) -> bool:
        """Whether it is being written."""
        return self.state == GatewayState.DRAFT

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for a signature."""
        return self.state == GatewayState.PROPOSED

    @property
    def is_signed(self) -> bool:
        """Whether the outcome stands."""
        return self.state == GatewayState.SIGNED

    @property
    def asks_for_early_review(self) -> bool:
        """Whether the record's retention is to be reviewed early."""
        return self.outcome in ASKS_FOR_EARLY_REVIEW


@keep_history()
class GatewaySignature(Recorded):
    """A supervisor has read the assessment, as it was proposed in this round, and agrees; and says why."""

    assessment = models.ForeignKey(GatewayAssessment, on_delete=models.PROTECT, related_name="signatures")
    round = models.PositiveSmallIntegerField()
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = SealedText(of="person_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "round", "signed_by"], name="signature_once_each"),
            models.CheckConstraint(condition=Q(reason__length__gt=EMPTY), name="signature_reason"),
        ]

    class Privacy:
        person = "assessment__person"
        personal = ("reason",)
        operational = ("id", "assessment", "round", "signed_at", "signed_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def person_id(self) -> UUID:
        """Whose key seals it."""
        return self.assessment.person_id
