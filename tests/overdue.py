"""Making of dispatches that nobody takes receipt of, and of people who should hear of it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import time_machine

from agencies.models import Agency, Notice, NoticeKind, User
from agencies.roles import RoleName
from audit.agents import Agent
from referrals.models import Dispatch, Referral
from referrals.tasks import sweep_overdue
from tests.making import make_user, submitted, with_mailboxes

# A Tuesday in a week without bank holidays. The target is one working day: Wednesday at five in London.
SENT = datetime(2026, 6, 16, 10, 0, tzinfo=UTC)
DUE = datetime(2026, 6, 17, 16, 0, tzinfo=UTC)
SUPERVISOR_DUE = datetime(2026, 6, 18, 16, 0, tzinfo=UTC)
DESK_DUE = datetime(2026, 6, 19, 16, 0, tzinfo=UTC)
DESKS = ("national-police-desk", "national-authority-desk")


def waiting(answers: dict[str, Any] | None = None, *, at: datetime = SENT, mailboxes: bool = True) -> Referral:
    """A referral sent at a moment, whose agencies and their national desks have mailboxes."""
    with time_machine.travel(at, tick=False):
        referral = submitted(answers, now=at)
        if mailboxes:
            receivers = referral.dispatches.values("agency_id")
            for agency in [*Agency.objects.filter(pk__in=receivers), *Agency.objects.filter(code__in=DESKS)]:
                with_mailboxes(agency)
    return referral


def supervisor_of(agency: Agency, *, name: str = "Marged Holloway") -> User:
    """Somebody who supervises the agency."""
    kinds = {"police": RoleName.CTP_SUPERVISOR, "authority": RoleName.AUTHORITY_SUPERVISOR}
    role = kinds.get(agency.kind, RoleName.NATIONAL_DESK_SUPERVISOR)
    return make_user(agency=agency, role=role, name=name, by=Agent.OPERATOR, now=SENT)


def sweep(at: datetime) -> int:
    """One sweep at a moment; how many e-mails it queued."""
    with time_machine.travel(at, tick=False):
        count: int = sweep_overdue()
        return count


def digests() -> list[Notice]:
    """The reminders queued so far, in order."""
    return list(Notice.objects.filter(kind=NoticeKind.OVERDUE).order_by("due", "pk"))


def told(notices: Iterable[Notice]) -> dict[str, set[str]]:
    """The addresses and the references each heard of."""
    steps = ("agency", "supervisor", "desk")
    return {
        notice.address: {line["reference"] for step in steps for line in notice.details[step]} for notice in notices
    }


def fresh(dispatch: Dispatch) -> Dispatch:
    """The dispatch as it is stored now."""
    return Dispatch.objects.select_related("agency", "referral").get(pk=dispatch.pk)
