"""A role that one administrator proposes for somebody and another approves."""

from django.db import models
from django.db.models import F, Q

from agencies.models.agency import Agency
from agencies.models.membership import Membership
from agencies.models.user import User
from agencies.roles import RoleName
from agencies.states import PROPOSAL, ProposalState
from audit.history import keep_history
from audit.models import Stateful

_OPEN = Q(state=ProposalState.PROPOSED, decided_at=None, decided_by=None, became=None)
_APPROVED = Q(
    state=ProposalState.APPROVED, decided_at__isnull=False, decided_by__isnull=False, became__isnull=False
) & ~Q(decided_by=F("proposed_by"))
_REFUSED = Q(
    state__in=(ProposalState.DECLINED, ProposalState.TAKEN_BACK),
    decided_at__isnull=False,
    decided_by__isnull=False,
    became=None,
)


@keep_history()
class Proposal(Stateful):
    """A membership that is not yet one. `became` is the one it has become: nobody approves what they proposed."""

    states = PROPOSAL

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, choices=RoleName.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    state = models.CharField(max_length=16, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    became = models.OneToOneField(Membership, null=True, on_delete=models.PROTECT, related_name="proposal")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                name="proposal_one_at_a_time",
                condition=Q(state=ProposalState.PROPOSED),
            ),
            models.CheckConstraint(condition=_OPEN | _APPROVED | _REFUSED, name="proposal_takes_two"),
            models.CheckConstraint(condition=~Q(user=F("proposed_by")), name="proposal_for_somebody_else"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="proposal_dates"),
        ]
        indexes = [
            models.Index(
                fields=["proposed_at", "id"], name="proposal_waiting", condition=Q(state=ProposalState.PROPOSED)
            )
        ]

    class Privacy:
        person = None
        personal = ()
        operational = (
            "id", "user", "agency", "role", "starts_on", "ends_on", "state", "proposed_at", "proposed_by",
            "decided_at", "decided_by", "became",
        )  # fmt: skip
        public = ()

    def __str__(self) -> str:
        return str(self.pk)
