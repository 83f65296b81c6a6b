"""Whom a provider names signs in only as somebody who is known here and may come in."""

import pytest
from django.utils import timezone

from agencies.actions.add_partner import add_partner
from agencies.actions.connect_system import connect_system
from agencies.actions.deactivate_user import deactivate_user
from agencies.actions.sign_in_by_provider import Claims, sign_in_by_provider
from agencies.models import Identity, User
from agencies.scopes import Scope
from audit.agents import Agent
from audit.refusals import Forbidden

NOW = timezone.now()
pytestmark = pytest.mark.usefixtures("db", "on_record")


def come_in(subject: str, email: str) -> User:
    claims = Claims(provider="example-force", subject=subject, email=email)
    found: User = sign_in_by_provider(claims=claims, by=Agent.VISITOR, now=NOW)
    return found


def test_somebody_is_found_by_address_once_and_by_subject_from_then_on(officer: User) -> None:
    assert come_in("officer-1", officer.email.upper()) == officer
    assert come_in("officer-1", "") == officer
    assert Identity.objects.get().user == officer


@pytest.mark.parametrize("email", ["", "stranger@officers.example"])
def test_whom_nobody_knows_is_not_let_in(officer: User, email: str) -> None:
    with pytest.raises(Forbidden, match="Nobody here is known"):
        come_in("officer-1", email)
    assert not Identity.objects.exists()


def test_an_address_that_has_changed_hands_opens_nothing(officer: User) -> None:
    come_in("officer-1", officer.email)
    with pytest.raises(Forbidden, match="Nobody here is known"):
        come_in("officer-2", officer.email)


def test_whose_account_is_closed_is_not_let_in(officer: User) -> None:
    come_in("officer-1", officer.email)
    deactivate_user(user_id=officer.pk, by=Agent.OPERATOR, now=NOW)
    with pytest.raises(Forbidden, match="Nobody here is known"):
        come_in("officer-1", officer.email)


def test_no_provider_speaks_for_a_system() -> None:
    agency = add_partner(name="Hollybrook Trust", by=Agent.OPERATOR, now=NOW)
    key = connect_system(agency_id=agency.pk, name="Pupil records", scopes=[Scope.SEND], by=Agent.OPERATOR, now=NOW)
    with pytest.raises(Forbidden, match="Nobody here is known"):
        come_in("system-1", key.key.system.email)
