"""The person was signposted to another service: did it accept them?"""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from audit.fields import EMPTY, SealedText
from audit.history import keep_history
from audit.models import Stateful
from triage.models.gateway import GatewayAssessment
from triage.states import SIGNPOSTING, SignpostingState


class ServiceSaid(models.TextChoices):
    """What the service said."""

    ACCEPTED = SignpostingState.ACCEPTED, _("It accepts the person")
    DECLINED = SignpostingState.DECLINED, _("It declines")


@keep_history()
class Signposting(Stateful):
    """Made when the outcome is signed; which service it is, the assessment says. `due` asks for its answer."""

    states = SIGNPOSTING

    assessment = models.OneToOneField(GatewayAssessment, on_delete=models.PROTECT, related_name="signposting")
    state = models.CharField(max_length=8, choices=SignpostingState.choices, default=SignpostingState.ASKED)
    due = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = SealedText(of="person_id", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SignpostingState.ASKED, answered_at=None, answered_by=None, reason=None)
                | ~Q(state=SignpostingState.ASKED)
                & Q(answered_at__isnull=False, answered_by__isnull=False, reason__length__gt=EMPTY),
                name="signposting_answered_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["due", "id"], name="signposting_open", condition=~Q(state=SignpostingState.ACCEPTED)),
        ]

    class Privacy:
        person = "assessment__person"
        personal = ("reason",)
        operational = ("id", "assessment", "state", "due", "answered_at", "answered_by")
        public = ()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def person_id(self) -> UUID:
        """Whose key seals it."""
        return self.assessment.person_id

    @property
    def is_asked(self) -> bool:
        """Whether the service has not answered."""
        return self.state == SignpostingState.ASKED

    @property
    def is_declined(self) -> bool:
        """Whether the service does not take the person: somebody has to decide again."""
        return self.state == SignpostingState.DECLINED

    def is_overdue(self, now: datetime) -> bool:
        """Whether an answer was to come before now."""
        return self.is_asked and self.due < now
