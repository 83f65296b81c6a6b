"""Pages of the owner of a police-led partnership: its plan, what became of that, and its reviews."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from people.clearance import is_cleared
from triage.actions.close_planned import close_planned
from triage.actions.hold_review import hold_review
from triage.actions.plan_action import plan_action
from triage.actions.write_plan import write_plan
from triage.forms.partnership import AimsForm, CloseForm, PlanActionForm, ReviewForm
from triage.models import Partnership, PlannedAction, ReviewDecision
from triage.models.plan import BecameOfIt
from triage.partnership_page import next_review
from triage.partnerships import able_to_own, partnerships_of
from triage.permissions import check_can_assess, closes, owns
from triage.views.partnership import act_on, partnership_seen


@permission(Permission.PARTNERSHIP_WORK)
@require_safe_or_post
def write(request: Request, partnership_id: UUID) -> HttpResponse:
    """Write what it is to reach."""
    row = partnership_seen(request, partnership_id)
    if not owns(request.user, row):
        return owner_only(request, row)
    stands = row.plans.order_by("-written_at", "-pk").first()
    form = AimsForm(request.POST or None, initial={"aims": stands.aims if stands else ""})
    return act_on(
        request,
        row,
        form,
        lambda: write_plan(partnership_id=row.pk, aims=form.cleaned_data["aims"], by=request.user, now=timezone.now()),
        page="write_plan",
        said=_("The aims are on record."),
        refused_at="aims",
    )


@permission(Permission.PARTNERSHIP_WORK)
@require_safe_or_post
def plan(request: Request, partnership_id: UUID) -> HttpResponse:
    """Plan one thing to do."""
    row = partnership_seen(request, partnership_id)
    if not owns(request.user, row):
        return owner_only(request, row)
    dispatch = check_can_assess(request.user, Permission.PARTNERSHIP_WORK, row.referral)
    form = PlanActionForm(
        request.POST or None, colleagues=able_to_own(dispatch), me=request.user, cleared=is_cleared(row.person_id)
    )
    return act_on(
        request,
        row,
        form,
        lambda: plan_action(
            partnership_id=row.pk,
            words=form.cleaned_data["words"],
            contacts=form.cleaned_data["contacts"],
            owner_id=form.to_id,
            due_on=form.cleaned_data["due_on"],
            by=request.user,
            now=timezone.now(),
        ),
        page="plan_action",
        said=_("The action is planned."),
        refused_at="due_on",
    )


@permission(Permission.PARTNERSHIP_WORK)
@require_safe_or_post
def close(request: Request, planned_id: UUID) -> HttpResponse:
    """Say what became of an action."""
    theirs = PlannedAction.objects.filter(partnership__in=partnerships_of(request.user))
    planned: PlannedAction = get_object_or_404(theirs.select_related("owner"), pk=planned_id)
    row = planned.partnership = partnership_seen(request, planned.partnership_id)
    if not closes(request.user, planned):
        return owner_only(request, row)
    form = CloseForm(request.POST or None)
    return act_on(
        request,
        row,
        form,
        lambda: close_planned(
            planned_id=planned.pk,
            became=BecameOfIt(form.cleaned_data["became"]),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        ),
        page="close_planned",
        said=_("What became of it is on record."),
        planned=planned,
    )


@permission(Permission.PARTNERSHIP_WORK)
@require_safe_or_post
def review(request: Request, partnership_id: UUID) -> HttpResponse:
    """Hold a review."""
    row = partnership_seen(request, partnership_id)
    if not owns(request.user, row):
        return owner_only(request, row)
    form = ReviewForm(request.POST or None, proposed=next_review(row, now=timezone.now()))
    return act_on(
        request,
        row,
        form,
        lambda: hold_review(
            partnership_id=row.pk,
            found=form.cleaned_data["found"],
            decision=ReviewDecision(form.cleaned_data["decision"]),
            reason=form.cleaned_data["reason"],
            next_on=form.cleaned_data["next_on"],
            by=request.user,
            now=timezone.now(),
        ),
        page="hold_review",
        said=_("The review is on record."),
        refused_at="next_on",
        plans=row.plans.order_by("-written_at", "-pk")[:1],
    )


def owner_only(request: Request, row: Partnership) -> HttpResponse:
    """Who does it, for a colleague who reads the partnership and may not."""
    return render(request, "triage/not_owner.html", {"row": row, "referral": row.referral})
