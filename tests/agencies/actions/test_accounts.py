"""Accounts, memberships and mailboxes are made by those who may, and the roles hang where they belong."""

from uuid import uuid4

import pytest
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.actions.create_user import create_user
from agencies.actions.set_mailboxes import set_mailboxes
from agencies.models import Agency, User
from agencies.roles import ROLES, RoleName
from audit.agents import Agent
from audit.refusals import Forbidden, NotNow, Refused
from tests.audit.acts import entries_of
from tests.making import PASSWORD, officer_of

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


def account(email="wren@officers.example", *, password=PASSWORD, by=Agent.OPERATOR):
    return create_user(email=email, name="Wren Castellane", password=password, by=by, now=NOW)


def council():
    return Agency.objects.get(code="E08000038")


def test_an_account_opens_with_its_password_and_allows_nothing_yet():
    user = account()
    assert user.check_password(PASSWORD)
    assert (user.agencies, user.get_full_name(), str(user)) == ([], "Wren Castellane", str(user.pk))
    assert entries_of(user.pk)[-1].verb == "create_user"


def test_without_a_password_nobody_signs_in():
    assert not account(password=None).has_usable_password()


@pytest.mark.parametrize("password", ["short", "administrator", "wren castellane"])
def test_a_weak_password_is_refused(password):
    with pytest.raises(Refused):
        account(password=password)
    assert not User.objects.filter(email="wren@officers.example").exists()


def test_one_address_has_one_account_whatever_its_capitals():
    account()
    with pytest.raises(Refused, match="already"):
        account("WREN@officers.example")


@pytest.mark.parametrize("role", RoleName)
def test_a_role_hangs_on_agencies_of_its_kinds_only(role):
    user = account()
    for kind in sorted({agency.kind for agency in Agency.objects.all()}):
        agency = Agency.objects.filter(kind=kind).order_by("code")[0]
        add = {"user_id": user.pk, "agency_id": agency.pk, "role": role, "by": Agent.OPERATOR, "now": NOW}
        if kind in ROLES[role].agency_kinds and ROLES[role].for_systems:
            with pytest.raises(NotNow, match="not for this kind of account"):
                add_membership(**add)
        elif kind in ROLES[role].agency_kinds:
            membership = add_membership(**add)
            assert (membership.starts_on, membership.ends_on) == (timezone.localdate(NOW), None)
            assert str(membership) == str(membership.pk)
        else:
            with pytest.raises(NotNow, match="does not exist in an agency"):
                add_membership(**add)


def test_officers_make_no_accounts_memberships_or_mailboxes():
    officer = officer_of(council())
    with pytest.raises(Forbidden):
        account(by=officer)
    with pytest.raises(Forbidden):
        add_membership(user_id=officer.pk, agency_id=council().pk, role=RoleName.AUTHORITY_LEAD, by=officer, now=NOW)
    with pytest.raises(Forbidden):
        set_mailboxes(agency_id=council().pk, email="x@y.example", duty_email="", by=officer, now=NOW)
    assert council().email == ""


def test_mailboxes_are_set_on_the_record():
    set_mailboxes(agency_id=council().pk, email="a@y.example", duty_email="b@y.example", by=Agent.OPERATOR, now=NOW)
    assert (council().email, council().duty_email) == ("a@y.example", "b@y.example")
    assert entries_of(council().pk)[-1].verb == "set_mailboxes"
    with pytest.raises(Agency.DoesNotExist):
        set_mailboxes(agency_id=uuid4(), email="", duty_email="", by=Agent.OPERATOR, now=NOW)
