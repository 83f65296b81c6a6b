"""A second administrator approves a role that a first one proposed."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.actions.send_invitation import send_invitation
from agencies.models import Membership, Proposal, User
from agencies.permissions import Permission, can, check_can_approve
from agencies.policies import check_proposer_still_may
from agencies.roles import RoleName
from agencies.states import PROPOSAL, ProposalState
from audit.action import action


@action
def approve_proposal(*, proposal_id: UUID, by: User, now: datetime) -> Membership:
    """Give the proposed role, from its first day or from today if that is over. Locks the proposal and the user.

    Whoever has never set a password is sent the link to do so.

    Raises:
        Proposal.DoesNotExist: there is none with this id.
        Forbidden: `by` may not approve, has proposed it, or it is about themselves.
        NotNow: it is decided already, who proposed it may not do so any more, or it can no longer begin: what was right
            when it was proposed is asked again.
    """
    proposal: Proposal = Proposal.objects.select_related("user", "proposed_by").lock(proposal_id)
    check_can_approve(by, proposal)
    check_proposer_still_may(can(proposal.proposed_by, Permission.MEMBERSHIP_ADD))
    PROPOSAL.check_move(proposal.state, ProposalState.APPROVED)
    membership: Membership = add_membership(
        user_id=proposal.user_id,
        agency_id=proposal.agency_id,
        role=RoleName(proposal.role),
        starts_on=max(proposal.starts_on, timezone.localdate(now)),
        ends_on=proposal.ends_on,
        approving=proposal,
        by=by,
        now=now,
    )
    proposal.move(ProposalState.APPROVED, at=now, by=by, decided_at=now, decided_by=by, became=membership)
    if not proposal.user.has_usable_password():
        send_invitation(user_id=proposal.user_id, by=by, now=now)
    return membership
