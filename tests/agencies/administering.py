"""Administrators and whom they administer, for the tests of that."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from django.core import mail
from django.urls import reverse
from django.utils import timezone

from agencies.actions.give_role import give_role
from agencies.models import Agency, Invitation, Membership, Proposal, User
from agencies.permissions import Permission
from agencies.roles import ROLES, RoleName
from agencies.tasks import sweep_notices
from audit.agents import Agent
from tests.making import make_user, officer_of

LINK = re.compile(r"/casework/invitation/[\w-]+/")
COUNCIL = "E08000038"


def council() -> Agency:
    """Barnsley."""
    return Agency.objects.get(code=COUNCIL)


def administrator(name: str = "Rosalind Quayle") -> User:
    """Somebody who administers."""
    return officer_of(Agency.objects.get(code="system"), name=name)


def nobody_yet(name: str = "Wilf Ackroyd") -> User:
    """Somebody with an account and no role."""
    return make_user(agency=None, role=RoleName.AUTHORITY_LEAD, name=name, by=Agent.OPERATOR, now=timezone.now())


def given(user: User, role: RoleName, *, by: User, agency: Agency | None = None, **days: Any) -> Membership | Proposal:
    """What becomes of giving a role: at Barnsley unless told otherwise."""
    where = agency or council()
    made: Membership | Proposal = give_role(
        user_id=user.pk, agency_id=where.pk, role=role, by=by, now=timezone.now(), **days
    )
    return made


def asked(role: str = RoleName.CHANNEL_CHAIR, **changes: Any) -> dict[str, Any]:
    """What an administrator fills in to invite somebody."""
    today = timezone.localdate()
    days = {"starts_on-day": today.day, "starts_on-month": today.month, "starts_on-year": today.year}
    who = {"name": "Wilf Ackroyd", "email": "wilf@barnsley.example", "agency": str(council().pk), "role": str(role)}
    return {**who, **days, **changes}


@contextmanager
def lessened(role: RoleName | str, lost: Permission) -> Iterator[None]:
    """While it lasts, a role holds a permission no more."""
    name = RoleName(role)
    with patch.dict(ROLES, {name: replace(ROLES[name], permissions=ROLES[name].permissions - {lost})}):
        yield


def link_sent() -> str:
    """The link in the latest e-mail, once what is due has been sent."""
    sweep_notices()
    return LINK.findall(str(mail.outbox[-1].body))[0]


def latest_invitation() -> Invitation:
    """The link that was made last."""
    return Invitation.objects.latest("made_at")


def page_of(user: User) -> str:
    """The page of somebody's account."""
    return reverse("agencies:user", args=[user.pk])
