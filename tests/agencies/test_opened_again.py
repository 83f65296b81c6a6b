"""A suspended account comes back by two administrators where its roles take two."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actions.deactivate_user import deactivate_user
from agencies.actions.keep_suspended import keep_suspended
from agencies.actions.resume_user import resume_user
from agencies.actions.suspend_user import suspend_user
from agencies.models import User
from agencies.permissions import Permission, can
from agencies.roles import RoleName
from audit.agents import Agent
from audit.refusals import Forbidden, NotNow
from tests.agencies.administering import administrator, council, given, nobody_yet, page_of
from tests.audit.acts import within
from tests.making import officer_of, reread

NOW = timezone.now()
pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def lead(first):
    user = officer_of(council())
    suspend_user(user_id=user.pk, by=first, now=NOW)
    return user


def resume(user, by):
    return resume_user(user_id=user.pk, by=by, now=timezone.now())


def text_at(user, address):
    browser = Client()
    browser.force_login(user)
    return browser.get(address).content.decode()


def test_whoever_reads_cases_comes_back_when_a_second_administrator_says_so(first, second, lead):
    assert not resume(lead, first).is_active
    with pytest.raises(NotNow, match="Another administrator"):
        resume(lead, first)
    assert not can(reread(lead), Permission.DISPATCH_READ)
    assert resume(lead, second).is_active
    assert can(reread(lead), Permission.DISPATCH_READ)
    assert reread(lead).resume_asked_by is None


def test_whoever_reads_no_case_comes_back_at_once(first):
    chair = nobody_yet()
    given(chair, RoleName.CHANNEL_CHAIR, by=first)
    suspend_user(user_id=chair.pk, by=first, now=NOW)
    assert resume(chair, first).is_active


def test_an_operator_opens_any_account_alone(lead):
    assert resume(lead, Agent.OPERATOR).is_active


def test_who_asked_and_may_not_any_more_has_not_asked(first, second, lead):
    resume(lead, first)
    suspend_user(user_id=first.pk, by=second, now=NOW)
    assert not resume(lead, second).is_active
    assert resume(lead, administrator("A third")).is_active


@pytest.mark.parametrize("declines", [True, False])
def test_it_can_be_declined_and_taken_back(first, second, lead, declines):
    resume(lead, first)
    keep_suspended(user_id=lead.pk, by=second if declines else first, now=NOW)
    with pytest.raises(NotNow, match="Nobody asks"):
        keep_suspended(user_id=lead.pk, by=first, now=NOW)
    assert not resume(lead, second).is_active


def test_a_closed_account_waits_for_nobody(first, second, lead):
    resume(lead, first)
    deactivate_user(user_id=lead.pk, by=second, now=NOW)
    assert resume(lead, second).is_active
    assert not reread(lead).current_memberships


def test_nobody_else_asks_or_declines(lead, first):
    officer = officer_of(council(), name="Other")
    resume(lead, first)
    for act in (resume_user, keep_suspended):
        with pytest.raises(Forbidden):
            act(user_id=lead.pk, by=officer, now=NOW)


def test_the_database_itself_keeps_no_open_account_waiting(first):
    user, asked = User.objects.get(pk=first.pk), {"resume_asked_at": NOW, "resume_asked_by": first}
    with pytest.raises(IntegrityError, match="user_resume_asked"), transaction.atomic():
        within(do=lambda: user.changed(**asked), by=Agent.OPERATOR, now=NOW)


def test_it_waits_on_the_pages_of_every_other_administrator(client, first, second, lead):
    client.force_login(first)
    answer = client.post(reverse("agencies:resume-account", args=[lead.pk]), follow=True).content.decode()
    assert "Another administrator has to open it too" in answer
    assert "Another administrator has to open it." in answer and "Open the account again" not in answer
    assert "Nothing waits for your approval" in text_at(first, reverse("desk:home"))
    assert "1 suspended account waits to be opened again" in text_at(second, reverse("desk:home"))
    assert page_of(lead) in text_at(second, reverse("agencies:administration"))
    assert "Rosalind Quayle asked on" in text_at(second, page_of(lead))
    kept = reverse("agencies:keep-suspended", args=[lead.pk])
    assert client.get(kept)["Location"] == page_of(lead)
    assert "stays suspended" in client.post(kept, follow=True).content.decode()
    assert "asked on" not in text_at(second, page_of(lead))
