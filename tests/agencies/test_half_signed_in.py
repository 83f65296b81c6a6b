"""A password without its code is no sign-in: it waits a moment, is seen by its owner, and ends when sessions end."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actions.change_password import change_password
from agencies.actions.end_sessions import end_sessions
from agencies.actions.resume_user import resume_user
from agencies.actions.send_invitation import send_invitation
from agencies.actions.suspend_user import suspend_user
from agencies.models import Session
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import Entry
from tests.agencies.administering import administrator, link_sent
from tests.signing_in import PASSWORD, code_of, give_code, give_password, sign_in

pytestmark = pytest.mark.usefixtures("db", "on_record")
HOME, ACCOUNT, SIGN_IN = "/casework/", "/casework/account/", "/casework/sign-in/"
CODE = "/casework/sign-in/code/"
NEW = "heron lantern Tuesday"


def session_of(client: Client) -> Any:
    return Session.objects.get(session_key=client.cookies["session"].value)


def ended(user: Any) -> list[str]:
    found = Entry.objects.filter(object_id=user.pk, kind=Entry.Kind.SESSION_ENDED)
    return [read_payload(entry)["why"] for entry in found]


def change_password_of(user):
    change_password(old=PASSWORD, new=NEW, here=str(uuid4()), by=user, now=timezone.now())


def set_password_by_link(user):
    send_invitation(user_id=user.pk, by=administrator(), now=timezone.now())
    assert Client().post(link_sent(), {"password": NEW}).status_code == 302


def suspend_and_resume(user):
    for act in (suspend_user, resume_user):
        act(user_id=user.pk, by=Agent.OPERATOR, now=timezone.now())


def end_them_all(user):
    assert end_sessions(user_id=user.pk, why="lost laptop", by=Agent.OPERATOR, now=timezone.now()) == 1


@pytest.mark.parametrize("act", [change_password_of, set_password_by_link, end_them_all, suspend_and_resume])
def test_a_sign_in_that_waits_for_its_code_ends_with_the_sessions(client, officer, act):
    give_password(client, officer)
    act(officer)
    assert give_code(client, code_of(officer))["Location"] == SIGN_IN
    assert client.get(HOME)["Location"].startswith(SIGN_IN)
    assert len(ended(officer)) == 1


def test_a_sign_in_that_is_stored_only_after_the_password_has_changed_goes_no_further(client, officer):
    give_password(client, officer)
    waiting = session_of(client)
    change_password_of(officer)
    waiting.save(force_insert=True)
    assert client.get(CODE)["Location"] == SIGN_IN
    assert give_code(client, code_of(officer))["Location"] == SIGN_IN
    assert client.get(HOME)["Location"].startswith(SIGN_IN)


def test_somebody_who_has_given_ones_password_and_no_code_is_listed_and_ended(client, officer):
    sign_in(client, officer)
    thief = Client(HTTP_USER_AGENT="Thief/1.0")
    give_password(thief, officer)
    page = client.get(ACCOUNT).content.decode()
    assert "Thief/1.0" in page and "second factor has still to be answered" in page and "End all other sessions" in page
    client.post(reverse("agencies:end-session", args=[session_of(thief).number]))
    assert give_code(thief, code_of(officer))["Location"] == SIGN_IN
    give_password(thief, officer)
    client.post(reverse("agencies:end-sessions"))
    assert give_code(thief, code_of(officer))["Location"] == SIGN_IN
    assert client.get(HOME).status_code == 200
