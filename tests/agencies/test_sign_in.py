"""Signing in, failing to and signing out are on the record; a password is nowhere."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import Entry
from tests.audit.acts import within
from tests.signing_in import PASSWORD, give_password, sign_in

pytestmark = pytest.mark.usefixtures("db", "on_record")
WRONG = "not the right pass phrase"


def fail(client, email):
    return client.post(reverse("account_login"), {"login": email, "password": WRONG})


def kinds(*wanted):
    return [entry for entry in Entry.objects.exclude(payload=None) if entry.kind in wanted]


def test_signing_in_leads_to_ones_work_and_leaves_an_entry(client, officer):
    answer = sign_in(client, officer)
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:home"))
    (entry,) = kinds(Entry.Kind.SIGNED_IN)
    assert (entry.actor, entry.object_id, entry.address) == (officer.pk, officer.pk, "127.0.0.1")


def test_the_case_of_the_address_does_not_matter(client, officer):
    officer.email = officer.email.upper()
    assert sign_in(client, officer).status_code == 302


@pytest.mark.parametrize("known", [True, False])
def test_a_failed_sign_in_leaves_an_entry_that_keeps_the_address_sealed(client, officer, known):
    email = officer.email if known else "nobody@officers.example"
    answer = fail(client, email)
    assert answer.status_code == 200
    assert not kinds(Entry.Kind.SIGNED_IN)
    (entry,) = kinds(Entry.Kind.SIGN_IN_FAILED)
    assert (entry.actor, entry.object_id, entry.subject) == (Agent.VISITOR.pk, None, None)
    assert read_payload(entry) == {"tried": email}


def test_the_page_does_not_tell_whether_the_address_is_known(client, officer):
    def text(email):
        page = fail(client, email).content.decode()
        return page.replace(email, "").replace(client.cookies["csrf"].value, "")

    known, unknown = text(officer.email), text("nobody@officers.example")
    strip = lambda page: [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]  # noqa: E731
    assert strip(known) == strip(unknown)


def test_a_password_is_nowhere_in_the_ledger(client, officer):
    fail(client, officer.email)
    sign_in(client, officer)
    text = json.dumps([read_payload(entry) for entry in Entry.objects.exclude(payload=None)], ensure_ascii=False)
    assert WRONG not in text
    assert PASSWORD not in text
    officer.refresh_from_db()
    assert officer.password not in text


def test_someone_who_left_cannot_sign_in(client, officer):
    within(do=lambda: officer.changed(is_active=False), by=Agent.OPERATOR, now=timezone.now())
    assert give_password(client, officer).status_code == 200
    assert client.get(reverse("desk:home")).status_code == 302
    assert [entry.kind for entry in kinds(Entry.Kind.SIGNED_IN, Entry.Kind.SIGN_IN_FAILED)] == ["sign_in_failed"]


def test_someone_made_inactive_is_out_at_the_next_request(client, officer):
    sign_in(client, officer)
    assert client.get(reverse("desk:home")).status_code == 200
    within(do=lambda: officer.changed(is_active=False), by=Agent.OPERATOR, now=timezone.now())
    assert client.get(reverse("desk:home")).status_code == 302


def test_signing_out_takes_a_press_of_a_button_and_leaves_an_entry(client, officer):
    sign_in(client, officer)
    client.get(reverse("account_logout"))
    assert client.get(reverse("desk:home")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("desk:home")).status_code == 302
    (entry,) = kinds(Entry.Kind.SIGNED_OUT)
    assert (entry.actor, entry.object_id) == (officer.pk, officer.pk)


def test_nobody_signs_up(client, rf):
    from agencies.signin.adapters import AccountAdapter

    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False


def test_a_password_hash_of_an_older_kind_is_renewed_on_the_record(client, officer, settings):
    old = officer.password
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert sign_in(client, officer).status_code == 302
    officer.refresh_from_db()
    assert officer.password != old
    changed = list(Entry.objects.filter(object_id=officer.pk, kind=Entry.Kind.CHANGED))
    assert [(entry.verb, entry.actor) for entry in changed] == [("store_user", officer.pk)]
    assert read_payload(changed[0]) == {"changes": {"password": ["masked", "masked"]}}


def test_the_page_speaks_in_the_words_of_the_others_and_says_whom_to_ask(client, officer):
    shown = client.get(reverse("account_login")).content.decode()
    assert "E-mail address" in shown and "placeholder" not in shown and "ask your system administrator" in shown
    empty = client.post(reverse("account_login"), {"login": "", "password": ""}).content.decode()
    assert "Enter your e-mail address" in empty and "Enter your password" in empty
    assert "The e-mail address or the password is not right" in fail(client, officer.email).content.decode()
