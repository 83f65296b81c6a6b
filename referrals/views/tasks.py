"""Tasks: somebody is asked to do something about a referral, does it, hands it on, or is asked no more."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.access import Request, permission, require_safe, require_safe_or_post
from agencies.keyset import keyset_ahead
from agencies.permissions import Permission, agencies_where
from agencies.selectors import away_now, targets_of
from agencies.working_days import calendar_of
from audit.access import looked
from audit.models import Entry
from audit.refusals import Forbidden
from people.clearance import is_cleared
from referrals import due_work
from referrals.actions.finish_task import finish_task
from referrals.actions.give_task import give_task
from referrals.actions.hand_task import hand_task
from referrals.actions.take_back_task import take_back_task
from referrals.forms.putting_right import ReasonForm
from referrals.forms.restricted import FinishTaskForm
from referrals.forms.tasks import FinishWorkForm, GiveTaskForm, HandTaskForm
from referrals.models import Dispatch, Task, TaskKind
from referrals.permissions import can_finish, can_hand, can_take_back
from referrals.views.acting import act, dispatch_of

# What the list is narrowed to, by the word in its address.
WHOSE = {"": _("Everybody’s"), "me": _("Mine"), "team": _("The whole team’s"), "given": _("What I asked of others")}


@permission(Permission.TASK_FINISH)
@require_safe
def task_list(request: Request) -> HttpResponse:
    """Everything that is to be done in the reader's agencies, the earliest first."""
    reader, whose = request.user, request.GET.get("whose", "")
    narrowed = {"me": due_work.owned_by(reader), "team": due_work.nobodys(), "given": due_work.given_by(reader)}
    found = due_work.open_tasks(reader)
    if whose in narrowed:
        found = found.filter(narrowed[whose])
    step = keyset_ahead(found, key="due", after=request.GET.get("after", ""))
    if step.rows:
        listed = sorted({str(task.referral_id) for task in step.rows})
        looked(kind=Entry.Kind.LISTED, by=reader, now=timezone.now(), referrals=listed)
    context = {
        "step": step,
        "whose": whose if whose in narrowed else "",
        "choices": WHOSE.items(),
        "now": timezone.now(),
        "several_agencies": len(agencies_where(reader, Permission.TASK_FINISH)) > 1,
    }
    return render(request, "referrals/tasks.html", context)


@permission(Permission.TASK_OPEN)
@require_safe_or_post
def give(request: Request, dispatch_id: UUID) -> HttpResponse:
    """Ask a colleague or the whole team to do something."""
    dispatch = dispatch_of(request, dispatch_id)
    form = GiveTaskForm(request.POST or None, **_colleagues(request, dispatch))
    days = targets_of(dispatch.agency).finish_by(timezone.now(), calendar=calendar_of(dispatch.agency.code))
    return act(
        request,
        form,
        lambda: give_task(
            dispatch_id=dispatch.pk,
            owner_id=form.owner_id,
            words=form.cleaned_data["words"],
            due_on=form.cleaned_data["due_on"],
            by=request.user,
            now=timezone.now(),
        ),
        page="give_task",
        referral=dispatch.referral,
        said=_("The task is given, and whoever has it is told."),
        refused_at="due_on",
        dispatch=dispatch,
        due=days,
        cleared=is_cleared(dispatch.referral.person_id),
    )


@permission(Permission.TASK_FINISH)
@require_safe_or_post
def finish(request: Request, task_id: UUID) -> HttpResponse:
    """What is asked, and what came of it."""
    task = _task(request, task_id)
    if request.method == "POST" or can_finish(request.user, task):
        form: Any = (FinishWorkForm if task.kind == TaskKind.WORK else FinishTaskForm)(request.POST or None)
    else:
        form = None  # it is a colleague's: to read what is asked, and no more
    if form is None:
        return render(request, "referrals/finish_task.html", _about(request, task))
    return act(
        request,
        form,
        lambda: finish_task(task_id=task.pk, outcome=form.cleaned_data["reason"], by=request.user, now=timezone.now()),
        page="finish_task",
        said=_("The task is finished."),
        **_about(request, task),
    )


@permission(Permission.TASK_OPEN)
@require_safe_or_post
def hand(request: Request, task_id: UUID) -> HttpResponse:
    """Give it to another colleague or to the whole team, or take what is nobody's."""
    task = _task(request, task_id)
    if not can_hand(request.user, task):
        raise Forbidden(
            _("This is for {name} to do. They, or a supervisor, can hand it to you.").format(name=task.whose)
        )
    dispatch = task.referral.dispatches.select_related("agency").get(agency=task.agency)
    form = HandTaskForm(request.POST or None, has=task.owner_id, **_colleagues(request, dispatch))
    return act(
        request,
        form,
        lambda: hand_task(task_id=task.pk, to_id=form.owner_id, by=request.user, now=timezone.now()),
        page="hand_task",
        said=_("It is handed over, and whoever has it now is told."),
        refused_at="to",
        **_about(request, task),
    )


@permission(Permission.TASK_OPEN)
@require_safe_or_post
def take_back(request: Request, task_id: UUID) -> HttpResponse:
    """It need not be done any more."""
    task = _task(request, task_id)
    if not can_take_back(request.user, task):
        raise Forbidden(_("Whoever gave the task or a supervisor takes it back."))
    form = ReasonForm(request.POST or None, label=_("Why need it not be done any more?"))
    return act(
        request,
        form,
        lambda: take_back_task(
            task_id=task.pk, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
        ),
        page="take_back_task",
        said=_("The task is taken back."),
        **_about(request, task),
    )


def _task(request: Request, task_id: UUID) -> Task:
    """The open task, if it is one of the reader's agencies; otherwise the page of an absent one. A look."""
    task: Task = get_object_or_404(due_work.open_tasks(request.user), pk=task_id)
    if request.method != "POST":
        looked(kind=Entry.Kind.VIEWED, at_object=task, by=request.user, now=timezone.now())
    return task


def _about(request: Request, task: Task) -> dict[str, Any]:
    return {
        "task": task,
        "referral": task.referral,
        "may_hand": can_hand(request.user, task),
        "may_take_back": task.kind == TaskKind.WORK and can_take_back(request.user, task),
        "now": timezone.now(),
    }


def _colleagues(request: Request, dispatch: Dispatch) -> dict[str, Any]:
    """Who can be picked, and who of them is away."""
    return {
        "colleagues": due_work.able_to_do(dispatch),
        "me": request.user,
        "away": {absence.user_id: absence for absence in away_now(dispatch.agency)},
    }
