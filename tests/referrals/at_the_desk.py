"""The restricted desks and who works there, for tests."""

from typing import Any

from django.utils import timezone

from agencies.models import Agency, User
from agencies.roles import RoleName
from audit.agents import Agent
from tests.making import TEACHER, make_user, officer_of

POLICE, COUNCIL = "restricted-police-desk", "restricted-authority-desk"
ABOUT_POLICE: dict[str, Any] = {**TEACHER, "work_and_family": ["police"]}


def desk(code: str) -> Agency:
    """One of the two."""
    found: Agency = Agency.objects.get(code=code)
    return found


def officer_at(code: str, *, name: str = "Osian Achterberg") -> User:
    """An officer of the desk."""
    return officer_of(desk(code), name=name)


def allegations_officer(*, name: str = "Seonaid Whitcombe") -> User:
    """The officer responsible for allegations against staff."""
    return make_user(
        agency=desk(COUNCIL), role=RoleName.ALLEGATIONS_OFFICER, name=name, by=Agent.OPERATOR, now=timezone.now()
    )


def about(name: str, **more: Any) -> dict[str, Any]:
    """A teacher's referral about somebody of that name."""
    given, _, family = name.rpartition(" ")
    return {**TEACHER, "given_names": given, "family_name": family, **more}
