"""Whoever's password or second factor changes hears of it by e-mail, whoever did it."""

from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from agencies.actions.add_app import add_app
from agencies.actions.change_password import change_password
from agencies.actions.remove_factor import remove_factor
from agencies.actions.renew_recovery_codes import renew_recovery_codes
from agencies.actions.reset_factors import reset_factors
from agencies.models import Notice, NoticeKind
from agencies.signin.factors import new_secret
from audit.agents import Agent
from audit.context import recording
from audit.refusals import NotNow
from tests.agencies.test_second_factor import app_of
from tests.making import officer_of
from tests.signing_in import PASSWORD, codes_about_now

pytestmark = pytest.mark.usefixtures("db", "on_record")


def told():
    return list(Notice.objects.filter(kind=NoticeKind.ACCOUNT_CHANGED).order_by("id"))


def test_a_new_password_is_told_and_a_wrong_one_is_not(officer):
    def change(old):
        return change_password(old=old, new="heron lantern Tuesday", here=str(uuid4()), by=officer, now=timezone.now())

    assert not change("not this one")
    assert told() == []
    assert change(PASSWORD)
    (notice,) = told()
    assert notice.address == officer.email
    assert notice.details == {"link": notice.details["link"]}
    assert notice.details["link"].endswith("/casework/account/")


def test_each_change_of_a_factor_is_told(officer):
    renew_recovery_codes(by=officer, now=timezone.now())
    with recording(by=Agent.OPERATOR):
        reset_factors(user_id=officer.pk, by=Agent.OPERATOR, now=timezone.now())
    assert not Authenticator.objects.filter(user=officer).exists()
    secret = new_secret()
    add_app(secret=secret, code=codes_about_now(secret)[0], by=officer, now=timezone.now())
    assert [notice.address for notice in told()] == [officer.email] * 3


def test_each_sets_up_an_app_of_their_own(officer):
    secret, other = new_secret(), officer_of(officer.agencies[0], name="Marged Holloway")
    with recording(by=Agent.OPERATOR):
        reset_factors(user_id=other.pk, by=Agent.OPERATOR, now=timezone.now())
    assert Authenticator.objects.filter(user=officer).exists()
    assert add_app(secret=secret, code=codes_about_now(secret)[0], by=other, now=timezone.now())
    with pytest.raises(NotNow, match="an authenticator app already"):
        add_app(secret=secret, code=codes_about_now(secret)[1], by=other, now=timezone.now())


def test_what_is_refused_is_not_told(officer):
    with pytest.raises(Authenticator.DoesNotExist):
        remove_factor(number=app_of(officer).pk + 1, by=officer, now=timezone.now())
    assert told() == []
