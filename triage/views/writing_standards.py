"""Pages of headquarters: a draft of the standards is begun, written and published."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe_or_post
from agencies.permissions import Permission
from agencies.views.trying import tried
from triage.actions.add_step import add_step
from triage.actions.change_step import change_step
from triage.actions.draft_standard import draft_standard
from triage.actions.move_step import move_step
from triage.actions.publish_standard import publish_standard
from triage.actions.retire_step import retire_step
from triage.forms.standard import PublishForm, StepForm
from triage.models import Standard, StandardStep
from triage.policies import check_is_drafted
from triage.standards import StepWords, before, changes, steps_of


@permission(Permission.STANDARD_WRITE)
@require_safe_or_post
def begin(request: Request) -> HttpResponse:
    """Begin the next version; by GET, which a sign-in in between makes of it, back to the list."""
    if request.method != "POST":
        return redirect("triage:standards")
    draft = draft_standard(by=request.user, now=timezone.now())
    messages.success(request, _("Version {number} is begun.").format(number=draft.number))
    return redirect("triage:standard", draft.pk)


@permission(Permission.STANDARD_WRITE)
@require_safe_or_post
def add(request: Request, standard_id: UUID) -> HttpResponse:
    """Add a step to a draft."""
    draft = get_object_or_404(Standard, pk=standard_id)
    check_is_drafted(draft)
    form = StepForm(request.POST or None)
    given: dict[str, Any] = {"standard_id": draft.pk, "by": request.user, "now": timezone.now()}
    if request.method == "POST" and form.is_valid() and tried(form, lambda: add_step(**form.step, **given)):
        messages.success(request, _("The step is added."))
        return redirect("triage:standard", draft.pk)
    return render(request, "triage/step.html", {"form": form, "draft": draft})


@permission(Permission.STANDARD_WRITE)
@require_safe_or_post
def step(request: Request, step_id: UUID) -> HttpResponse:
    """Change a step of a draft."""
    row = _step(step_id)
    form = StepForm(request.POST or None, initial=vars(StepWords.of(row)))
    given: dict[str, Any] = {"step_id": row.pk, "by": request.user, "now": timezone.now()}
    if request.method == "POST" and form.is_valid() and tried(form, lambda: change_step(**form.step, **given)):
        messages.success(request, _("The step is changed."))
        return redirect("triage:standard", row.standard_id)
    return render(request, "triage/step.html", {"form": form, "draft": row.standard, "step": row})


@permission(Permission.STANDARD_WRITE)
@require_safe_or_post
def move(request: Request, step_id: UUID) -> HttpResponse:
    """Move a step of a draft up or down; by GET back to the draft."""
    row = _step(step_id)
    if request.method == "POST":
        move_step(step_id=row.pk, up=request.POST.get("to") == "up", by=request.user, now=timezone.now())
    return redirect("triage:standard", row.standard_id)


@permission(Permission.STANDARD_WRITE)
@require_safe_or_post
def retire(request: Request, step_id: UUID) -> HttpResponse:
    """Take a step out of a draft; by GET back to the draft."""
    row = _step(step_id)
    if request.method == "POST":
        retire_step(step_id=row.pk, by=request.user, now=timezone.now())
        messages.success(request, _("“{words}” is asked no more from this version on.").format(words=row.words))
    return redirect("triage:standard", row.standard_id)


@permission(Permission.STANDARD_WRITE)
@require_safe_or_post
def publish(request: Request, standard_id: UUID) -> HttpResponse:
    """Read what is different from the version before, say it in words, and publish."""
    draft = get_object_or_404(Standard, pk=standard_id)
    check_is_drafted(draft)
    form, earlier = PublishForm(request.POST or None), before(draft)
    given: dict[str, Any] = {"standard_id": draft.pk, "by": request.user, "now": timezone.now()}
    asked = request.method == "POST" and form.is_valid()
    if asked and tried(form, lambda: publish_standard(**form.cleaned_data, **given)):
        messages.success(request, _("Version {number} is published.").format(number=draft.number))
        return redirect("triage:standards")
    differing = changes(steps_of(earlier), steps_of(draft)) if earlier else []
    return render(
        request, "triage/publish_standard.html", {"form": form, "row": draft, "before": earlier, "changes": differing}
    )


def _step(step_id: UUID) -> StandardStep:
    row: StandardStep = get_object_or_404(StandardStep.objects.select_related("standard"), pk=step_id)
    check_is_drafted(row.standard)
    return row
