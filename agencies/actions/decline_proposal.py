"""A proposed role is not given: another administrator declines it, or whoever proposed it takes it back."""

from datetime import datetime
from uuid import UUID

from agencies.models import Proposal, User
from agencies.permissions import Permission, require
from agencies.states import ProposalState
from audit.action import action


@action
def decline_proposal(*, proposal_id: UUID, by: User, now: datetime) -> Proposal:
    """Close a proposal without giving the role. Locks it.

    Raises:
        Proposal.DoesNotExist: there is none with this id.
        Forbidden: `by` does not approve roles.
        NotNow: it is decided already.
    """
    proposal: Proposal = Proposal.objects.lock(proposal_id)
    require(by, Permission.MEMBERSHIP_APPROVE)
    own = proposal.proposed_by_id == by.pk
    state = ProposalState.TAKEN_BACK if own else ProposalState.DECLINED
    proposal.move(state, at=now, by=by, decided_at=now, decided_by=by)
    return proposal
