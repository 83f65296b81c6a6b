"""Tasks: the reader's, their team's, of whom they cover or supervise, and those that they have asked of others."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.permissions import Permission, agencies_where
from agencies.selectors import covered_by
from desk.my_work.shape import NOT_CLEARED, Pile, Row, Section, due_at, pile_of
from referrals.due_work import given_by, nobodys, of_colleagues, of_covered, open_tasks, owned_by
from referrals.models import Task, TaskKind

READ = _("Read what is asked, do it, and say what came of it")


def my_tasks(reader: User, *, now: datetime) -> Pile | None:
    """What a colleague asked of the reader, or the reader took."""
    why = _("{opener} asked you to do it.")
    return _tasks(reader, now, _("My tasks"), owned_by(reader), "me", step=READ, why=why, mine=True)


def allegations(reader: User, *, now: datetime) -> Pile | None:
    """What whoever holds a role at a restricted desk has to decide."""
    if not any(agency.is_restricted for agency in agencies_where(reader, Permission.TASK_FINISH)):
        return None
    step, why = _("Read the referral, decide, and say why"), _("It waits for your desk.")
    return _tasks(reader, now, _("Allegations"), Q(kind=TaskKind.ALLEGATION), "", step=step, why=why)


def team_tasks(reader: User, *, now: datetime) -> Pile | None:
    """What the whole team was asked, until somebody takes it."""
    step, why = _("Take it, or hand it to somebody"), _("Your team was asked, and nobody has taken it.")
    return _tasks(reader, now, _("My team’s tasks"), nobodys(), "team", step=step, why=why, section=Section.NEW)


def covered_tasks(reader: User, *, now: datetime) -> Pile | None:
    """What colleagues have to do who are away today, for whom the reader stands in."""
    if not agencies_where(reader, Permission.TASK_FINISH) or not covered_by(reader, on=now.date()).exists():
        return None
    why = _("{owner} is away, and you stand in today.")
    return _tasks(reader, now, _("Tasks of colleagues who are away"), of_covered(reader), "", step=READ, why=why)


def overdue_tasks_of_colleagues(reader: User, *, now: datetime) -> Pile | None:
    """What is overdue with somebody else, for those who supervise them."""
    if not agencies_where(reader, Permission.DISPATCH_SUPERVISE):
        return None
    step, why = _("Ask them, or hand it to somebody else"), _("You supervise {owner}, and the day has passed.")
    late = of_colleagues(reader) & Q(due__lt=now)
    return _tasks(reader, now, _("Overdue tasks of colleagues"), late, "", step=step, why=why)


def tasks_given(reader: User, *, now: datetime) -> Pile | None:
    """What the reader asked of others."""
    step, why = _("{owner} does it; you can take it back"), _("You asked for it.")
    return _tasks(
        reader, now, _("What I asked of others"), given_by(reader), "given", step=step, why=why, section=Section.WAITING
    )


def _tasks(
    reader: User,
    now: datetime,
    title: Promise,
    which: Q,
    whose: str,
    *,
    step: Promise,
    why: Promise,
    section: Section = Section.DUE,
    mine: bool = False,
) -> Pile | None:
    if not agencies_where(reader, Permission.TASK_FINISH):
        return None

    def row(task: Task) -> Row:
        people = {"owner": task.whose, "opener": getattr(task, "opener", None) or _("Somebody")}
        return Row(
            section,
            task.referral.reference,
            reverse("referrals:finish-task", args=[task.pk]),
            next_step=str(step).format(**people),
            why=str(why).format(**people),
            owner=_("You") if mine else task.whose,
            since=task.opened_at,
            listed=(task.referral_id,),
            about=task.referral.person.name,
            agency=task.agency.name,
            due=due_at(task.due, task.agency, now=now, local=task.kind == TaskKind.WORK and not task.due_chosen),
            tags=(NOT_CLEARED,),
        )

    more = reverse("referrals:tasks") + (f"?whose={whose}" if whose else "")
    return pile_of(title, open_tasks(reader).filter(which), row, more=more)
