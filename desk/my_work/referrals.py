"""Referrals: those that wait for receipt, those that are nobody's, and those that somebody works."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.permissions import Permission, agencies_where, can
from agencies.selectors import all_targets
from agencies.working_days import calendar_of
from desk.my_work.shape import AREA_NOT_KNOWN, NOT_CLEARED, Due, Pile, Row, Section, due_at, pile_of
from referrals.models import Dispatch
from referrals.selectors import InboxFilters, covered_for, inbox
from referrals.states import DispatchState
from referrals.waiting import in_time, overdue

# For those who read what comes in and do not work it.
OTHERS_TAKE = _("Read it: an officer of your agency takes receipt")
OTHERS_ASSIGN = _("Read it: an officer of your agency assigns it")
NOBODY = _("Nobody yet")


def in_danger(reader: User, *, now: datetime) -> Pile | None:
    """Immediate danger, and nobody has taken receipt."""
    return _waiting(
        reader, now, _("Immediate danger"), Q(immediate=True), "state=sent&flags=immediate",
        section=Section.DANGER, step=_("Take receipt now"),
        why=_("The referrer believes somebody may be in danger, and nobody in your agency has taken receipt."),
    )  # fmt: skip


def overdue_receipts(reader: User, *, now: datetime) -> Pile | None:
    """Receipt is overdue."""
    return _waiting(
        reader, now, _("Receipt overdue"), overdue(now) & Q(immediate=False), "waiting=overdue",
        section=Section.NEW, step=_("Take receipt"),
        why=_("It was sent to your agency, and the local target for receipt has passed."),
    )  # fmt: skip


def new_referrals(reader: User, *, now: datetime) -> Pile | None:
    """Sent, and receipt is not overdue."""
    return _waiting(
        reader, now, _("New referrals"), in_time(now) & Q(immediate=False), "state=sent",
        section=Section.NEW, step=_("Read it and take receipt"),
        why=_("It was sent to your agency and nobody has taken receipt."),
    )  # fmt: skip


def nobodys(reader: User, *, now: datetime) -> Pile | None:
    """Received, and nobody is responsible: due by the local target, worked out from when receipt was taken."""
    if not _reads(reader):
        return None
    targets, assigns = all_targets(), can(reader, Permission.DISPATCH_ASSIGN)

    def due(dispatch: Dispatch) -> Due | None:
        if dispatch.acknowledged_at is None:
            return None
        target = targets.get(dispatch.agency_id) or targets[None]
        by = target.assign_by(dispatch.acknowledged_at, calendar=calendar_of(dispatch.agency.code))
        return due_at(by, dispatch.agency, now=now)

    received = inbox(reader, filters=InboxFilters(state=DispatchState.ACKNOWLEDGED, assigned="nobody"))
    return pile_of(
        _("Received, but nobody’s yet"),
        received.order_by("-immediate", "acknowledged_at", "id"),
        lambda dispatch: row_of(
            dispatch,
            section=Section.NEW,
            step=_("Assign it to a colleague or to yourself") if assigns else OTHERS_ASSIGN,
            why=_("Your agency has taken receipt, but nobody is responsible for it."),
            due=due(dispatch),
        ),
        more=f"{reverse('referrals:inbox')}?state=acknowledged&assigned=nobody",
    )


def covered(reader: User, *, now: datetime) -> Pile | None:
    """Those of colleagues who are away today, for whom the reader stands in."""
    if not _reads(reader):
        return None
    theirs = inbox(reader, filters=InboxFilters()).filter(covered_for(reader))
    return pile_of(
        _("For colleagues who are away"),
        theirs.order_by("-immediate", "sent_at", "id"),
        lambda dispatch: row_of(
            dispatch,
            section=Section.DUE,
            step=_("Work it while you cover"),
            why=_("It is assigned to a colleague for whom you stand in today."),
            owner=dispatch.assigned_to.name,
        ),
        more=f"{reverse('referrals:inbox')}?assigned=covered",
    )


def _reads(reader: User) -> list[Agency]:
    return agencies_where(reader, Permission.DISPATCH_READ)


def _waiting(
    reader: User,
    now: datetime,
    title: Promise,
    which: Q,
    narrowed: str,
    *,
    section: Section,
    step: str | Promise,
    why: str | Promise,
) -> Pile | None:
    """What waits for receipt. What is urgent comes first, or a long pile would hide it."""
    if not _reads(reader):
        return None
    sent = inbox(reader, filters=InboxFilters(state=DispatchState.SENT)).filter(which)
    return pile_of(
        title,
        sent.order_by("-immediate", "sent_at", "id"),
        lambda dispatch: row_of(
            dispatch,
            section=section,
            step=step if can(reader, Permission.DISPATCH_ACKNOWLEDGE) else OTHERS_TAKE,
            why=why,
            due=due_at(dispatch.acknowledge_by, dispatch.agency, now=now),
        ),
        more=f"{reverse('referrals:inbox')}?{narrowed}",
    )


def row_of(
    dispatch: Dispatch,
    *,
    section: Section,
    step: str | Promise,
    why: str | Promise,
    owner: str | Promise = NOBODY,
    due: Due | None = None,
    address: str = "",
) -> Row:
    """A referral as a row; it leads to the page of the referral where nothing else is named."""
    return Row(
        section,
        dispatch.referral.reference,
        address or reverse("desk:referral", args=[dispatch.referral_id]),
        next_step=step,
        why=why,
        owner=owner,
        since=dispatch.sent_at,
        listed=(dispatch.referral_id,),
        about=dispatch.referral.person.name,
        agency=dispatch.agency.name,
        due=due,
        tags=(NOT_CLEARED, AREA_NOT_KNOWN) if dispatch.flagged else (NOT_CLEARED,),
        immediate=dispatch.immediate,
    )
