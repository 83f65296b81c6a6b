"""The states of a proposal to give somebody a role: who must act, and where it may go."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.states import Owner, Stage, StateTable


class ProposalState(models.TextChoices):
    """Where a role stands that one administrator alone cannot give."""

    PROPOSED = "proposed", _("Waiting for another administrator")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    TAKEN_BACK = "taken_back", _("Taken back")


PROPOSAL = StateTable(
    {
        ProposalState.PROPOSED: Stage(
            owner=Owner.ADMINISTRATOR,
            to=frozenset({ProposalState.APPROVED, ProposalState.DECLINED, ProposalState.TAKEN_BACK}),
        ),
        ProposalState.APPROVED: Stage(owner=Owner.NOBODY, to=frozenset()),
        ProposalState.DECLINED: Stage(owner=Owner.NOBODY, to=frozenset()),
        ProposalState.TAKEN_BACK: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)
