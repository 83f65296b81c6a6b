"""A password is changed by whoever knows it and has just shown a second factor; elsewhere its sessions end."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actions.create_user import create_user
from agencies.models import Session, User
from agencies.signin.passwords import WORDS, NotOurWords, check_strength
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import NotNow
from config.environment import CLONE
from tests.audit.acts import within
from tests.making import reread
from tests.signing_in import PASSWORD, give_password, sign_in

pytestmark = pytest.mark.usefixtures("db", "on_record")
PAGE, ACCOUNT = "/casework/account/password/", "/casework/account/"
NEW = "heron lantern Über-Tuesday"


def change(client, old=PASSWORD, new=NEW):
    return client.post(PAGE, {"password": old, "new_password": new})


def test_it_is_changed_and_sessions_elsewhere_end(client, officer):
    elsewhere = Client()
    sign_in(elsewhere, officer)
    sign_in(client, officer)
    key = client.session.session_key
    assert PAGE in client.get(ACCOUNT).content.decode()
    assert client.get(PAGE).status_code == 200
    assert change(client)["Location"] == ACCOUNT
    assert client.get(ACCOUNT).status_code == 200
    assert client.session.session_key != key
    assert elsewhere.get(ACCOUNT)["Location"].startswith(reverse("account_login"))
    assert Session.objects.filter(user=officer).count() == 1
    assert give_password(Client(), officer).status_code == 200
    assert give_password(Client(), officer, NEW).status_code == 302
    ended = Entry.objects.get(kind=Entry.Kind.SESSION_ENDED)
    assert read_payload(ended)["why"] == "password changed"
    changed = Entry.objects.get(kind=Entry.Kind.CHANGED, object_id=officer.pk)
    assert changed.actor == officer.pk
    assert read_payload(changed)["changes"] == {"password": ["masked", "masked"]}


def test_without_the_current_one_nothing_changes_and_it_is_on_the_record(client, officer):
    sign_in(client, officer)
    answer = change(client, old=PASSWORD.upper())
    assert "This is not your current password." in answer.content.decode()
    assert reread(officer).check_password(PASSWORD)
    assert Entry.objects.filter(kind=Entry.Kind.SIGN_IN_FAILED, object_id=officer.pk).count() == 1


def test_it_cannot_be_guessed_at_without_end(client, officer):
    sign_in(client, officer)
    for _ in range(5):
        change(client, old="not the one it is")
    answer = change(client)
    assert "Too many tries" in answer.content.decode()
    assert reread(officer).check_password(PASSWORD)


@pytest.mark.parametrize("weak", ["short", "osian achterberg", "passwordpassword", "Prevent-Casework-2026!"])
def test_a_weak_one_is_refused_with_the_reason(client, officer, weak):
    sign_in(client, officer)
    answer = change(client, new=weak)
    assert answer.status_code == 200
    assert "govuk-error-message" in answer.content.decode()
    assert reread(officer).check_password(PASSWORD)


def test_a_long_one_is_taken_exactly_as_typed(client, officer):
    sign_in(client, officer)
    new = "  " + "ǅ spaces stay, and capitals " * 5
    assert change(client, new=new).status_code == 302
    assert reread(officer).check_password(new)
    assert not reread(officer).check_password(new.strip())


def test_an_old_second_factor_is_asked_again_first(client, officer, time_machine):
    sign_in(client, officer)
    time_machine.move_to(timezone.now() + timedelta(minutes=40))
    assert change(client)["Location"].startswith("/casework/account/confirm/")
    assert reread(officer).check_password(PASSWORD)


def test_who_signs_in_by_an_organisations_account_has_none_to_change(client, officer):
    within(do=lambda: _without_password(officer), by=Agent.OPERATOR, now=timezone.now())
    client.force_login(officer)
    assert PAGE not in client.get(ACCOUNT).content.decode()
    assert client.get(PAGE).status_code == 409
    assert change(client).status_code == 409


def _without_password(user: User) -> None:
    user.set_unusable_password()
    user.save(update_fields=["password"])


@pytest.mark.parametrize("password", ["preventprevent", "Casework-2026-!!", "ChannelPolice123", "WELCOME welcome"])
def test_our_own_words_are_no_password(password):
    with pytest.raises(NotNow, match="words of this service"):
        check_strength(password, User(email="a@b.example", name="Name"))


@pytest.mark.parametrize(
    "password", [PASSWORD, NEW, "preventing the wet heron", "x7Q!x7Q!x7Q!x7", "3141592653589793238"]
)
def test_a_password_of_words_that_are_not_the_services_is_taken(password):
    check_strength(password, User(email="a@b.example", name="Name"))
    assert "words of this service" in NotOurWords().get_help_text()


def test_the_words_are_documented():
    assert all(f"`{word}`" in (CLONE / "docs/sign-in.md").read_text() for word in WORDS)


def test_an_operator_chooses_no_weak_one_either(officer):
    with pytest.raises(NotNow):
        create_user(email="n@x.example", name="N", password="casework 2026", by=Agent.OPERATOR, now=timezone.now())
