"""A police-led partnership: the police keep working with a person, and one named officer answers for it."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from audit.models import Stateful
from people.models import Person
from referrals.models import Referral
from triage.models.gateway import GatewayAssessment
from triage.states import HANDOVER, PARTNERSHIP, HandoverState, PartnershipState


class Source(models.TextChoices):
    """From where a partnership came."""

    GATEWAY = "gateway", _("The gateway assessment")
    CHANNEL = "channel", _("Channel")


class EndedBy(models.TextChoices):
    """By what a partnership ended."""

    OUTCOME = "outcome", _("Another outcome was signed")
    ANOTHER_PERSON = "another_person", _("The referral is about somebody else")


_RUNS = Q(ended_at=None, ended_by=None, ended_how="", ended_with=None, review_on__isnull=False)
_ENDED = Q(ended_at__isnull=False, ended_by__isnull=False, review_on=None)
_BY_OUTCOME = Q(ended_how=EndedBy.OUTCOME, ended_with__isnull=False)
_BY_DETACHING = Q(ended_how=EndedBy.ANOTHER_PERSON, ended_with=None)


@keep_history()
class Partnership(Stateful):
    """One about the person of one referral, of `agency`, the police agency that has that referral.

    `came_with` is the outcome that stood when it opened, `ended_with` the signed outcome by which it ended: nothing
    else ends it, but that the referral turned out to be about somebody else. `owner` has accepted it. `review_on`, the
    day of the next review in Europe/London, is empty once it has ended and never before.
    """

    states = PARTNERSHIP

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="partnerships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="partnerships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=PartnershipState.choices, default=PartnershipState.WAITING)
    source = models.CharField(max_length=8, choices=Source.choices)
    came_with = models.ForeignKey(GatewayAssessment, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_how = models.CharField(max_length=16, choices=EndedBy.choices, blank=True, default="")
    ended_with = models.ForeignKey(GatewayAssessment, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], name="partnership_one_runs", condition=~Q(state=PartnershipState.ENDED)
            ),
            models.CheckConstraint(
                condition=_RUNS & Q(state=PartnershipState.WAITING, owner=None)
                | _RUNS & Q(state=PartnershipState.OPEN, owner__isnull=False)
                | _ENDED & (_BY_OUTCOME | _BY_DETACHING) & Q(state=PartnershipState.ENDED),
                name="partnership_state_tells_the_truth",
            ),
        ]
        indexes = [
            models.Index(fields=["review_on", "id"], name="partnership_review", condition=Q(review_on__isnull=False)),
        ]

    class Privacy:
        person = "person"
        personal = ()
        operational = (
            "id", "referral", "person", "agency", "state", "source", "came_with", "owner", "review_on", "opened_at",
            "opened_by", "ended_at", "ended_by", "ended_how", "ended_with",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has accepted it."""
        return self.state == PartnershipState.WAITING

    @property
    def is_ended(self) -> bool:
        """Whether it is over."""
        return self.state == PartnershipState.ENDED

    def is_overdue(self, today: date) -> bool:
        """Whether its review was to be held before today."""
        return self.review_on is not None and self.review_on < today


@keep_history()
class Handover(Stateful):
    """An officer is named as the owner, by a supervisor or by whoever has it, and accepts or declines."""

    states = HANDOVER

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="handovers")
    state = models.CharField(max_length=10, choices=HandoverState.choices, default=HandoverState.OFFERED)
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = SealedText(of="person_id")
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer = SealedText(of="person_id", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], name="handover_one_offered", condition=Q(state=HandoverState.OFFERED)
            ),
            models.CheckConstraint(condition=Q(reason__length__gt=EMPTY), name="handover_reason"),
            models.CheckConstraint(
                condition=Q(state=HandoverState.OFFERED, answered_at=None, answered_by=None, answer=None)
                | Q(state=HandoverState.ACCEPTED, answered_at__isnull=False, answered_by=F("to"), answer=None)
                | Q(state=HandoverState.DECLINED, answered_at__isnull=False, answered_by=F("to"))
                & Q(answer__length__gt=EMPTY)
                | Q(state=HandoverState.TAKEN_BACK, answered_at__isnull=False, answered_by__isnull=False, answer=None),
                name="handover_answered_by_whom_it_was_offered",
            ),
        ]
        indexes = [
            models.Index(fields=["to", "offered_at"], name="handover_to", condition=Q(state=HandoverState.OFFERED)),
        ]

    class Privacy:
        person = "partnership__person"
        personal = ("reason", "answer")
        operational = (
            "id", "partnership", "state", "to", "offered_at", "offered_by", "answered_at", "answered_by",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def person_id(self) -> UUID:
        """Whose key seals it."""
        return self.partnership.person_id
