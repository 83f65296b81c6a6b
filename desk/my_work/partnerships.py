"""What the police have to do in police-led partnerships: to be owned, reviewed, and done as planned."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.permissions import Permission, agencies_where
from agencies.selectors import all_targets
from agencies.targets import Targets
from agencies.working_days import calendar_of, end_of
from desk.my_work.shape import NOT_CLEARED, SHOWN, Due, Pile, Row, Section, due_at, pile_of
from people.clearance import cleared_among
from triage.models import Handover, Partnership, PlannedAction
from triage.partnerships import (
    handovers_to,
    handovers_waiting,
    overdue_of,
    planned_of,
    running_of,
    to_leave_of,
    unowned_of,
)


def partnerships_to_accept(reader: User, *, now: datetime) -> Pile | None:
    """What the reader is asked to own."""
    if not _police(reader, Permission.PARTNERSHIP_WORK):
        return None
    targets = all_targets()

    def row(each: Handover) -> Row:
        return _to_accept(each, _of(targets, each.partnership), now=now)

    return pile_of(_("Partnerships to accept"), handovers_to(reader), row, more=reverse("triage:partnerships"))


def partnerships_offered(reader: User, *, now: datetime) -> Pile | None:
    """What somebody else is asked to own, and has not answered: until then whoever has it has it, or nobody."""
    if not _police(reader, Permission.PARTNERSHIP_WORK):
        return None
    targets = all_targets()

    def row(each: Handover) -> Row:
        return _offered(each, _of(targets, each.partnership), now=now)

    more = reverse("triage:partnerships")
    return pile_of(_("Partnerships that others are asked to own"), handovers_waiting(reader), row, more=more)


def partnerships_unowned(reader: User, *, now: datetime) -> Pile | None:
    """Partnerships of the reader's agencies that nobody owns, and nobody is asked to."""
    if not _police(reader, Permission.PARTNERSHIP_SUPERVISE):
        return None
    targets = all_targets()

    def row(each: Partnership) -> Row:
        return _unowned(each, _of(targets, each), now=now)

    return pile_of(_("Partnerships without an owner"), unowned_of(reader), row, more=reverse("triage:partnerships"))


def partnerships_owned(reader: User, *, now: datetime) -> Pile | None:
    """What the reader owns, by the day of its next review."""
    if not _police(reader, Permission.PARTNERSHIP_WORK):
        return None
    found = running_of(reader).filter(owner=reader)
    return pile_of(
        _("Partnerships you own"), found, lambda each: _to_review(each, now=now), more=reverse("triage:partnerships")
    )


def partnerships_overdue(reader: User, *, now: datetime) -> Pile | None:
    """Of those whom the reader supervises: whose review was not held when it was due."""
    police = _police(reader, Permission.PARTNERSHIP_SUPERVISE)
    if not police:
        return None
    found = overdue_of(reader, now=now).filter(agency__in=police).exclude(owner=reader)
    more = f"{reverse('triage:partnerships')}?show=overdue"
    return pile_of(_("Reviews of partnerships overdue"), found, lambda each: _overdue(each, now=now), more=more)


def partnerships_to_leave(reader: User, *, now: datetime) -> Pile | None:
    """Whose review asks that they end or go to Channel: nothing of that happens until the outcome is reopened."""
    if not _police(reader, Permission.PARTNERSHIP_WORK) or not _police(reader, Permission.GATEWAY_WRITE):
        return None
    title = _("Partnerships to end or to move to Channel")
    return pile_of(title, to_leave_of(reader), _to_leave, more=reverse("triage:partnerships"))


def planned_to_do(reader: User, *, now: datetime) -> Pile | None:
    """What the reader has to do by the plan of a partnership."""
    if not _police(reader, Permission.PARTNERSHIP_WORK):
        return None
    first = list(planned_of(reader)[: SHOWN + 1])
    cleared = cleared_among(each.partnership.person_id for each in first)
    rows = [_planned(each, cleared=each.partnership.person_id in cleared, now=now) for each in first[:SHOWN]]
    return Pile(_("Planned in partnerships"), rows, reverse("triage:partnerships") if len(first) > SHOWN else "")


def _police(reader: User, needed: Permission) -> list[Agency]:
    """Where the reader may do what is `needed`, and opens the partnership to which the row leads."""
    reads = agencies_where(reader, Permission.PARTNERSHIP_READ)
    return [agency for agency in agencies_where(reader, needed) if agency.is_police and agency in reads]


def _of(targets: Mapping[UUID | None, Targets], row: Partnership) -> Targets:
    return targets.get(row.agency_id) or targets[None]


def _at(row: Partnership) -> str:
    return reverse("triage:partnership", args=[row.pk])


def _answer_by(each: Handover, targets: Targets, *, now: datetime) -> Due | None:
    """Whoever is asked answers within the target in which somebody is to be responsible."""
    agency = each.partnership.agency
    return due_at(targets.assign_by(each.offered_at, calendar=calendar_of(agency.code)), agency, now=now)


def _to_accept(each: Handover, targets: Targets, *, now: datetime) -> Row:
    return _row(
        each.partnership,
        Section.NEW,
        reverse("triage:answer-ownership", args=[each.partnership_id]),
        step=_("Accept or decline the police-led partnership"),
        why=_("You are named as its owner."),
        owner=each.to.name,
        since=each.offered_at,
        due=_answer_by(each, targets, now=now),
    )


def _offered(each: Handover, targets: Targets, *, now: datetime) -> Row:
    owner = each.partnership.owner
    nobody, still = _("Nobody owns the police-led partnership until then."), _("Until then {owner} owns it.")
    return _row(
        each.partnership,
        Section.WAITING,
        _at(each.partnership),
        step=str(_("{name} accepts or declines to own it; you can ask somebody else")).format(name=each.to.name),
        why=str(still).format(owner=owner.name) if owner else nobody,
        owner=each.to.name,
        since=each.offered_at,
        due=_answer_by(each, targets, now=now),
    )


def _unowned(row: Partnership, targets: Targets, *, now: datetime) -> Row:
    due = targets.assign_by(row.opened_at, calendar=calendar_of(row.agency.code))
    return _row(
        row,
        Section.NEW,
        reverse("triage:name-owner", args=[row.pk]),
        step=_("Name who owns the police-led partnership"),
        why=_("Nobody owns it, and nobody is asked to."),
        owner=_("Supervisors of your agency"),
        since=row.opened_at,
        due=due_at(due, row.agency, now=now),
    )


def _to_review(row: Partnership, *, now: datetime) -> Row:
    return _row(
        row,
        Section.DUE,
        _at(row),
        step=_("Hold the review of the police-led partnership"),
        why=_("You own it."),
        owner=row.owner.name if row.owner else "",
        since=row.opened_at,
        due=_by(row.review_on, row, now=now),
    )


def _overdue(row: Partnership, *, now: datetime) -> Row:
    return _row(
        row,
        Section.DUE,
        _at(row),
        step=_("See that the police-led partnership is reviewed"),
        why=_("Its review was not held when it was due."),
        owner=row.owner.name if row.owner else _("Nobody"),
        since=row.opened_at,
        due=_by(row.review_on, row, now=now),
    )


def _to_leave(row: Any) -> Row:
    return _row(
        row,
        Section.DUE,
        f"{_at(row)}#end",
        step=_("Reopen the referral, so that another outcome can be signed"),
        why=_("The last review asks to end the police-led partnership, or to move it to Channel. Until then it runs."),
        owner=row.owner.name if row.owner else _("Supervisors of your agency"),
        since=row.reviewed_at,
    )


def _planned(each: PlannedAction, *, cleared: bool, now: datetime) -> Row:
    step = _("Do what is planned, and say what became of it")
    why = _("It is yours by the plan of a police-led partnership.")
    if each.contacts and not cleared:
        step = _("Wait: contact is not cleared. Do it once it is, or drop it")
        why = _("It is yours by the plan of a police-led partnership, and means contact.")
    return _row(
        each.partnership,
        Section.DUE,
        reverse("triage:close-planned", args=[each.pk]),
        step=step,
        why=why,
        owner=each.owner.name if each.owner else "",
        since=each.planned_at,
        due=_by(each.due_on, each.partnership, now=now),
    )


def _by(day: date | None, row: Partnership, *, now: datetime) -> Due | None:
    """Due at the end of a day that people chose."""
    return due_at(end_of(day), row.agency, now=now, local=False) if day else None


def _row(
    row: Partnership,
    section: Section,
    address: str,
    *,
    step: str | Promise,
    why: str | Promise,
    owner: str | Promise,
    since: datetime,
    due: Due | None = None,
) -> Row:
    return Row(
        section,
        row.referral.reference,
        address,
        next_step=step,
        why=why,
        owner=owner,
        since=since,
        listed=(row.referral_id,),
        about=row.referral.person.name,
        tags=(NOT_CLEARED,),
        due=due,
    )
