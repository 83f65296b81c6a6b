"""Opening referrals to people by name, for tests."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from agencies.models import Agency, User
from agencies.roles import RoleName
from audit.agents import Agent
from referrals.actions.break_glass import break_glass
from referrals.actions.share_referral import share_referral
from referrals.models import AccessKind, Dispatch, NamedAccess, Referral
from tests.making import make_user, with_mailboxes

WHY = "Her brother lives in their area, and they know him."


def in_role(role: RoleName, code: str, *, name: str = "Osian Achterberg") -> User:
    """Somebody in this role of the agency with this code."""
    agency = Agency.objects.get(code=code)
    return make_user(agency=agency, role=role, name=name, by=Agent.OPERATOR, now=timezone.now())


def supervisor(code: str, *, name: str = "Marged Holloway") -> User:
    """Who supervises an agency."""
    roles = {"police": RoleName.CTP_SUPERVISOR, "authority": RoleName.AUTHORITY_SUPERVISOR}
    return in_role(roles[Agency.objects.get(code=code).kind], code, name=name)


def privacy_officer(code: str, *, name: str = "Ingrid Mistry") -> User:
    """The privacy officer of an agency."""
    return in_role(RoleName.PRIVACY_OFFICER, code, name=name)


def reviewer(*, name: str = "Augusta Penrose") -> User:
    """An independent reviewer."""
    return in_role(RoleName.AUDITOR, "home-office", name=name)


def shared(dispatch: Dispatch, to: User, *, by: User, now: datetime | None = None, **more: Any) -> NamedAccess:
    """The dispatch's referral, shared with somebody for a week."""
    given: dict[str, Any] = {"kind": AccessKind.SHARE, "days": 7, "reason": WHY, **more}
    return share_referral(dispatch_id=dispatch.pk, email=to.email, by=by, now=now or timezone.now(), **given)


def reachable(referral: Referral) -> None:
    """The agencies that have a referral have mailboxes and duty contacts."""
    for dispatch in referral.dispatches.select_related("agency").filter(agency__email="", agency__duty_email=""):
        with_mailboxes(dispatch.agency)


def broken(referral: Referral, *, by: User, now: datetime | None = None, minutes: int = 60) -> NamedAccess:
    """Glass broken for a referral, of whose agencies everybody can be told."""
    reachable(referral)
    why = "He says that he is on his way to her house."
    return break_glass(reference=referral.reference, minutes=minutes, reason=why, by=by, now=now or timezone.now())
