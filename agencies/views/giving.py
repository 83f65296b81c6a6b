"""Roles: given or proposed, approved by a second administrator, ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.actions.approve_proposal import approve_proposal
from agencies.actions.decline_proposal import decline_proposal
from agencies.actions.end_membership import end_membership
from agencies.actions.give_role import give_role
from agencies.administration import standing_memberships
from agencies.forms.administration import RoleForm
from agencies.models import Proposal
from agencies.permissions import Permission, check_can_end_membership, check_can_propose
from agencies.roles import ROLES, RoleName
from agencies.views.people import persons_account, said_of_role
from agencies.views.trying import tried


@permission(Permission.MEMBERSHIP_ADD, step_up=True)
@require_safe_or_post
def give(request: Request, user_id: UUID) -> HttpResponse:
    """Give somebody a role, or propose it."""
    account = persons_account(user_id)
    check_can_propose(request.user, account.user)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"user_id": account.user.pk, **form.given}
        if tried(form, lambda: give_role(**given, by=request.user, now=timezone.now())):
            messages.success(request, said_of_role(form.given["role"]))
            return redirect("agencies:user", account.user.pk)
    return render(request, "agencies/give_role.html", {"form": form, "account": account})


@permission(Permission.MEMBERSHIP_OVERSEE, step_up=True)
@require_safe_or_post
def end(request: Request, membership_id: UUID) -> HttpResponse:
    """End a role: asked once, then done at once."""
    people = standing_memberships(on=timezone.localdate()).filter(user__is_system=False)
    membership = get_object_or_404(people, pk=membership_id)
    check_can_end_membership(request.user, membership)
    if request.method == "POST":
        end_membership(membership_id=membership.pk, by=request.user, now=timezone.now())
        messages.success(request, _("The role has ended. What was assigned to them by it becomes nobody’s."))
        return redirect("agencies:user", membership.user_id)
    return render(request, "agencies/end_role.html", {"membership": membership})


@permission(Permission.MEMBERSHIP_APPROVE, step_up=True)
@require_safe_or_post
def proposal(request: Request, proposal_id: UUID) -> HttpResponse:
    """What is proposed for whom, by whom: approved here, by somebody else than who proposed it."""
    found = _proposal(proposal_id)
    if request.method == "POST":
        approve_proposal(proposal_id=found.pk, by=request.user, now=timezone.now())
        messages.success(request, _("The role is given."))
        return redirect("agencies:user", found.user_id)
    context = {
        "proposal": found,
        "role": ROLES[RoleName(found.role)],
        "own": found.proposed_by_id == request.user.pk,
        "about_oneself": found.user_id == request.user.pk,
    }
    return render(request, "agencies/proposal.html", context)


@permission(Permission.MEMBERSHIP_APPROVE)
@require_safe_or_post
def decline(request: Request, proposal_id: UUID) -> HttpResponse:
    """Decline a proposal, or take one's own back."""
    found = _proposal(proposal_id)
    if request.method == "POST":
        decline_proposal(proposal_id=found.pk, by=request.user, now=timezone.now())
        messages.success(request, _("The role is not given."))
        return redirect("agencies:administration")
    return redirect("agencies:proposal", found.pk)


def _proposal(proposal_id: UUID) -> Proposal:
    return get_object_or_404(Proposal.objects.select_related("user", "agency", "proposed_by"), pk=proposal_id)
