"""Celery entry points of the referrals room: each is one sweep of due rows."""

import time
from datetime import datetime
from uuid import UUID

import structlog
from celery import shared_task
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from audit.due import LONGEST_SWEEP
from referrals.actions.alarm_national_desk import alarm_national_desk
from referrals.actions.alert_duty_contact import alert_duty_contact
from referrals.actions.carry_out_decision import carry_out_decision
from referrals.actions.finish_flood import finish_flood
from referrals.actions.forget_likenesses import forget_likenesses
from referrals.actions.forget_searches import AT_ONCE as SEARCHES_AT_ONCE
from referrals.actions.forget_searches import forget_searches
from referrals.actions.name_successors import name_successors
from referrals.actions.raise_overdue import raise_overdue
from referrals.actions.send_reminders import send_reminders
from referrals.actions.sweep_drafts import AT_ONCE
from referrals.actions.sweep_drafts import sweep_drafts as sweep_some_drafts
from referrals.actions.sweep_visits import sweep_visits
from referrals.models import Dispatch, Flood, Reminder
from referrals.opened import without_anybody
from referrals.quarantine import undecided_of

log = structlog.get_logger(__name__)


@shared_task(name="referrals.tasks.sweep_alerts")
def sweep_alerts() -> int:
    """Alert the duty contacts of immediate referrals that nobody has taken receipt of."""
    now = timezone.now()
    due = Dispatch.objects.filter(alert_due__lte=now).order_by("alert_due", "id")
    with recording(by=Agent.SWEEPER):
        return sum(_alert(pk, now) for pk in list(due.values_list("pk", flat=True)[:500]))


def _alert(pk: UUID, now: datetime) -> bool:
    """One that fails stays due and keeps nobody else from being alerted."""
    try:
        return alert_duty_contact(dispatch_id=pk, by=Agent.SWEEPER, now=now)
    except Exception as error:  # noqa: BLE001  # whatever it met: the next sweep finds it again
        log.warning("alert_failed", dispatch=str(pk), error=type(error).__name__)
        return False


@shared_task(name="referrals.tasks.sweep_overdue")
def sweep_overdue() -> int:
    """Let agencies, supervisors and national desks hear what nobody took receipt of in time: one e-mail each."""
    now, end = timezone.now(), time.monotonic() + LONGEST_SWEEP
    with recording(by=Agent.SWEEPER):
        while rows := _overdue(now):
            raised = [_raise(pk, now) for pk in rows]
            if not any(raised) or time.monotonic() >= end:
                break
        return sum(_remind(agency, user, now) for agency, user in _recipients(now))


def _overdue(now: datetime) -> list[UUID]:
    due = Dispatch.objects.filter(remind_due__lte=now).order_by("remind_due", "id")
    return list(due.values_list("pk", flat=True)[:500])


def _raise(pk: UUID, now: datetime) -> bool:
    """One that fails stays due and keeps no other from being raised."""
    try:
        return raise_overdue(dispatch_id=pk, by=Agent.SWEEPER, now=now)
    except Exception as error:  # noqa: BLE001  # whatever it met: the next sweep finds it again
        log.warning("overdue_not_raised", dispatch=str(pk), error=type(error).__name__)
        return False


def _recipients(now: datetime) -> list[tuple[UUID, UUID | None]]:
    due = Reminder.objects.filter(done=None, due__lte=now).order_by("to_agency_id", "to_user_id")
    return list(due.values_list("to_agency_id", "to_user_id").distinct())


def _remind(agency: UUID, user: UUID | None, now: datetime) -> bool:
    """A recipient whose e-mail fails keeps no other from hearing."""
    try:
        return send_reminders(to_agency_id=agency, to_user_id=user, by=Agent.SWEEPER, now=now) is not None
    except Exception as error:  # noqa: BLE001  # whatever it met: the next sweep finds it again
        log.warning("reminders_not_sent", agency=str(agency), error=type(error).__name__)
        return False


@shared_task(name="referrals.tasks.sweep_drafts")
def sweep_drafts() -> int:
    """Destroy the drafts whose time is up, a few hundred in each transaction, and visits of referrers that are over."""
    gone = 0
    with recording(by=Agent.SWEEPER):
        while swept := sweep_some_drafts(by=Agent.SWEEPER, now=timezone.now()):
            gone += swept
            if swept < AT_ONCE:
                break
        sweep_visits(by=Agent.SWEEPER, now=timezone.now())
    return gone


@shared_task(name="referrals.tasks.sweep_quarantine")
def sweep_quarantine() -> int:
    """Tell the national desk of floods, and carry out what it has decided about whole groups."""
    with recording(by=Agent.SWEEPER):
        alarm_national_desk(by=Agent.SWEEPER, now=timezone.now())
        end, done = time.monotonic() + LONGEST_SWEEP, 0
        for flood in Flood.objects.filter(carrying_out=True).order_by("decided_at"):
            for pk in list(undecided_of(flood).values_list("pk", flat=True)):
                done += _carry_out(pk)
                if time.monotonic() >= end:
                    return done
            finish_flood(flood_id=flood.pk, by=Agent.SWEEPER, now=timezone.now())
        return done


def _carry_out(pk: UUID) -> bool:
    """One that fails stays held, where the desk sees it, and keeps no other from its receivers."""
    try:
        return carry_out_decision(quarantined_id=pk, by=Agent.SWEEPER, now=timezone.now())
    except Exception as error:  # noqa: BLE001  # whatever it met: the next sweep finds it again
        log.warning("decision_not_carried_out", id=str(pk), error=type(error).__name__)
        return False


@shared_task(name="referrals.tasks.sweep_vacancies")
def sweep_vacancies() -> int:
    """Leave no agency without anybody who knows of a restricted record that it has."""
    with recording(by=Agent.SWEEPER):
        return sum(_name(pk) for pk in list(without_anybody().values_list("pk", flat=True)[:500]))


def _name(pk: UUID) -> int:
    """One that fails is found again by the next sweep."""
    try:
        return name_successors(dispatch_id=pk, by=Agent.SWEEPER, now=timezone.now())
    except Exception as error:  # noqa: BLE001  # whatever it met: the next sweep finds it again
        log.warning("nobody_named", dispatch=str(pk), error=type(error).__name__)
        return 0


@shared_task(name="referrals.tasks.sweep_likenesses")
def sweep_likenesses() -> int:
    """Forget what the referrals of an hour ago looked like."""
    with recording(by=Agent.SWEEPER):
        return forget_likenesses(by=Agent.SWEEPER, now=timezone.now())


@shared_task(name="referrals.tasks.sweep_searches")
def sweep_searches() -> int:
    """Forget what was searched for an hour ago."""
    gone, end = 0, time.monotonic() + LONGEST_SWEEP
    with recording(by=Agent.SWEEPER):
        while time.monotonic() < end:
            some = forget_searches(by=Agent.SWEEPER, now=timezone.now())
            gone += some
            if some < SEARCHES_AT_ONCE:
                break
    return gone
