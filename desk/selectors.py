"""What waits for one officer."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.permissions import Permission, can
from referrals.models import Dispatch
from referrals.selectors import InboxFilters, inbox
from referrals.states import DispatchState
from referrals.waiting import in_time, overdue

SHOWN = 10
# For those who read what comes in and do not work it.
OTHERS_TAKE = _("Read it: an officer of your agency takes receipt")
OTHERS_ASSIGN = _("Read it: an officer of your agency assigns it")


@dataclass(frozen=True)
class Pile:
    """Rows of one kind of work: what to do next, why it is mine, and where the rest is. An `alarm` stands above all."""

    title: str | Promise
    next_step: str | Promise
    why: str | Promise
    rows: list[Dispatch]
    more: bool
    address: str
    alarm: bool = False


def my_work(reader: User) -> list[Pile]:
    """The reader's piles, most urgent first, those without rows left out. One query each."""
    now = timezone.now()
    waiting = inbox(reader, filters=InboxFilters(state=DispatchState.SENT))
    received = inbox(reader, filters=InboxFilters(state=DispatchState.ACKNOWLEDGED))
    takes, assigns = (can(reader, each) for each in (Permission.DISPATCH_ACKNOWLEDGE, Permission.DISPATCH_ASSIGN))
    piles = [
        _pile(
            _("Immediate danger"),
            _("Take receipt now") if takes else OTHERS_TAKE,
            _("The referrer believes somebody may be in danger, and nobody in your agency has taken receipt."),
            waiting.filter(immediate=True),
            "state=sent&flags=immediate",
            alarm=True,
        ),
        _pile(
            _("Overdue"),
            _("Take receipt") if takes else OTHERS_TAKE,
            _("It was sent to your agency, and the local target for receipt has passed."),
            waiting.filter(overdue(now), immediate=False),
            "waiting=overdue",
        ),
        _pile(
            _("New"),
            _("Read it and take receipt") if takes else OTHERS_TAKE,
            _("It was sent to your agency and nobody has taken receipt."),
            waiting.filter(in_time(now), immediate=False),
            "state=sent",
        ),
        _pile(
            _("Received, but nobody’s yet"),
            _("Assign it to a colleague or to yourself") if assigns else OTHERS_ASSIGN,
            _("Your agency has taken receipt, but nobody is responsible for it."),
            received.filter(assigned_to=None),
            "state=acknowledged&assigned=nobody",
        ),
        _pile(
            _("Assigned to me"),
            _("Work it"),
            _("A colleague or you made you responsible for it."),
            inbox(reader, filters=InboxFilters(assigned="me")),
            "assigned=me",
        ),
        _pile(
            _("For colleagues who are away"),
            _("Work it while you cover"),
            _("It is assigned to a colleague for whom you stand in today."),
            inbox(reader, filters=InboxFilters(assigned="covered")),
            "assigned=covered",
        ),
    ]
    return [pile for pile in piles if pile.rows]


def _pile(
    title: str | Promise,
    next_step: str | Promise,
    why: str | Promise,
    found: QuerySet[Dispatch],
    address: str,
    *,
    alarm: bool = False,
) -> Pile:
    # What is urgent first, or a long pile would hide it.
    rows = list(found.order_by("-immediate", "sent_at", "id")[: SHOWN + 1])
    return Pile(title, next_step, why, rows[:SHOWN], len(rows) > SHOWN, address, alarm)
