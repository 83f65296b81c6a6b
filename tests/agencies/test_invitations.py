"""Somebody new is invited by a link that opens once; the second factor follows."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actions.accept_invitation import accept_invitation
from agencies.actions.send_invitation import send_invitation
from agencies.actions.suspend_user import suspend_user
from agencies.actions.withdraw_invitation import withdraw_invitation
from agencies.models import Invitation, Notice, NoticeKind, User
from agencies.permissions import Permission, can
from agencies.roles import RoleName
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import Forbidden, NotNow
from tests.agencies.administering import (
    administrator,
    asked,
    council,
    latest_invitation,
    link_sent,
    nobody_yet,
    page_of,
)
from tests.components.axe import faults
from tests.making import officer_of, reread
from tests.referrals.api.calling import partner_key
from tests.signing_in import give_code, give_password

pytestmark = pytest.mark.usefixtures("db", "on_record")
PASSWORD = "seven herons over Barnsley"
INVITE = "agencies:invite"


@pytest.fixture(autouse=True)
def boss(db, on_record, client):
    user = administrator()
    client.force_login(user)
    return user


def invited(client, role=RoleName.CHANNEL_CHAIR, **changes):
    answer = client.post(reverse(INVITE), asked(role, **changes))
    assert answer.status_code == 302, answer.content.decode()
    return User.objects.get(email="wilf@barnsley.example")


def sent_to(browser, link, password=PASSWORD):
    return browser.post(link, {"password": password})


def test_invited_set_a_password_and_led_to_the_second_factor(client):
    user = invited(client)
    assert not user.has_usable_password()
    link, browser = link_sent(), Client()
    assert "Set your password" in browser.get(link).content.decode()
    assert sent_to(browser, link)["Location"] == reverse("desk:home")
    assert browser.get(reverse("desk:home"))["Location"].startswith(reverse("agencies:set-up"))
    assert browser.get(reverse("agencies:set-up-app")).status_code == 200
    assert reread(user).check_password(PASSWORD)
    assert latest_invitation().used is not None
    again = sent_to(Client(), link, "another long pass phrase")
    assert "opens nothing any more" in again.content.decode()
    assert reread(user).check_password(PASSWORD)
    assert "used on" in client.get(page_of(user)).content.decode()


def test_the_mail_says_nothing_about_anybody_and_goes_to_the_invited_alone(client):
    invited(client)
    link_sent()
    (letter,) = mail.outbox
    assert letter.to == ["wilf@barnsley.example"]
    said = f"{letter.subject} {letter.body}"
    assert not any(word in said for word in ("Wilf", "Ackroyd", "Barnsley", "Rosalind", "chair", "wilf@"))


def test_the_link_is_kept_as_a_hash_alone_and_stands_on_no_page_and_no_entry(client):
    user = invited(client)
    token = link_sent().rstrip("/").rpartition("/")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM agencies_invitation")
        assert token not in repr(cursor.fetchall())
    assert token not in client.get(page_of(user)).content.decode()
    entries = Entry.objects.filter(object_id=latest_invitation().pk)
    assert entries and not any(latest_invitation().link_hash in repr(read_payload(entry)) for entry in entries)


def test_looking_at_a_link_uses_nothing_up_and_tells_nothing(client):
    user = invited(client)
    link = link_sent()
    alive = Client().get(link).content
    withdraw_invitation(user_id=user.pk, by=administrator(), now=timezone.now())
    dead, never = Client().get(link).content, Client().get("/casework/invitation/x/").content
    said = [page.partition(b'<main class="')[2].count(b"Set your password") for page in (alive, dead, never)]
    assert said == [1, 1, 1]


def test_a_link_runs_out(client, time_machine):
    user = invited(client)
    link = link_sent()
    time_machine.move_to(timezone.now() + timedelta(hours=72, seconds=1))
    assert "opens nothing any more" in sent_to(Client(), link).content.decode()
    assert not reread(user).has_usable_password()
    client.force_login(administrator())
    assert "ran out on" in client.get(page_of(user)).content.decode()


def test_a_link_is_sent_again_and_the_one_before_opens_nothing(client):
    user = invited(client)
    first = link_sent()
    page = reverse("agencies:send-link", args=[user.pk])
    assert client.get(page)["Location"] == page_of(user)
    assert "on its way" in client.post(page, follow=True).content.decode()
    second = link_sent()
    assert first != second
    assert "opens nothing any more" in sent_to(Client(), first).content.decode()
    assert sent_to(Client(), second).status_code == 302


def test_a_link_is_withdrawn(client):
    user = invited(client)
    link, page = link_sent(), reverse("agencies:withdraw-link", args=[user.pk])
    assert "opens nothing any more" in client.post(page, follow=True).content.decode()
    assert "opens nothing any more" in sent_to(Client(), link).content.decode()
    text = client.get(page_of(user)).content.decode()
    assert "was withdrawn on" in text and page not in text
    assert withdraw_invitation(user_id=user.pk, by=administrator(), now=timezone.now()) is False


def test_a_link_that_was_withdrawn_before_it_went_out_is_not_sent(client):
    user = invited(client)
    client.post(reverse("agencies:withdraw-link", args=[user.pk]))
    with pytest.raises(IndexError):
        link_sent()


def test_a_weak_password_is_refused_and_the_link_stays_good(client):
    invited(client)
    link = link_sent()
    for weak, words in (("short", "too short"), ("password123456", "too common"), ("", "Enter a new password")):
        assert words in sent_to(Client(), link, weak).content.decode()
    assert sent_to(Client(), link).status_code == 302


def test_a_role_that_reads_cases_is_approved_before_the_link_goes_out(client):
    user = invited(client, RoleName.AUTHORITY_LEAD)
    assert not Notice.objects.filter(kind=NoticeKind.INVITATION).exists()
    client.force_login(administrator("Thandeka Merriweather"))
    client.post(reverse("agencies:proposal", args=[user.proposals.get().pk]))
    assert sent_to(Client(), link_sent()).status_code == 302
    assert can(reread(user), Permission.DISPATCH_READ, agency=council())


def test_whoever_has_a_password_is_sent_no_link_by_an_approval(client):
    user = nobody_yet()
    client.post(reverse("agencies:give-role", args=[user.pk]), asked(RoleName.AUTHORITY_LEAD))
    client.force_login(administrator("Thandeka Merriweather"))
    client.post(reverse("agencies:proposal", args=[user.proposals.get().pk]))
    assert can(reread(user), Permission.DISPATCH_READ)
    assert not Invitation.objects.exists()


def test_whose_role_has_yet_to_begin_is_told_so_after_setting_the_password(client):
    tomorrow = timezone.localdate() + timedelta(days=1)
    days = {f"starts_on-{part}": getattr(tomorrow, part) for part in ("day", "month", "year")}
    user = invited(client, **days)
    browser = Client()
    assert "has not begun yet" in sent_to(browser, link_sent()).content.decode()
    assert reread(user).has_usable_password()
    assert browser.get(reverse("desk:home")).status_code == 302


def test_whoever_lost_the_password_sets_another_and_the_second_factor_is_asked_as_ever(client):
    officer = officer_of(council())
    elsewhere = Client()
    elsewhere.force_login(officer)
    client.post(reverse("agencies:send-link", args=[officer.pk]))
    browser = Client()
    assert sent_to(browser, link_sent())["Location"] == reverse("mfa_authenticate")
    assert Notice.objects.filter(kind=NoticeKind.ACCOUNT_CHANGED, about=officer.pk).count() == 1
    assert browser.get(reverse("referrals:inbox")).status_code == 302
    assert give_code(browser, "000000").status_code == 200
    assert elsewhere.get(reverse("referrals:inbox")).status_code == 302, "sessions of the old password are over"
    assert give_password(Client(), officer, PASSWORD)["Location"] == reverse("mfa_authenticate")


def test_a_suspended_account_has_no_link_and_its_link_opens_nothing(client, boss):
    user = invited(client)
    link = link_sent()
    suspend_user(user_id=user.pk, by=boss, now=timezone.now())
    assert "opens nothing any more" in sent_to(Client(), link).content.decode()
    assert client.post(reverse("agencies:send-link", args=[user.pk])).status_code == 409


def test_a_system_is_sent_no_link(boss):
    with pytest.raises(NotNow, match="account of a system"):
        send_invitation(user_id=partner_key().key.system_id, by=boss, now=timezone.now())


def test_who_may_send_withdraw_and_use_links():
    lead, now = officer_of(council()), timezone.now()
    for act in (send_invitation, withdraw_invitation):
        with pytest.raises(Forbidden):
            act(user_id=lead.pk, by=lead, now=now)
    with pytest.raises(Forbidden):
        accept_invitation(token="x", password=PASSWORD, by=Agent.SWEEPER, now=now)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "Enter their full name"),
        ({"email": "wilf"}, "in the correct format"),
        ({"email": ""}, "Enter an e-mail address"),
        ({"agency": ""}, "Pick an agency"),
        ({"role": "chief"}, "Pick a role from the list"),
        ({"role": "ctp_officer"}, "does not exist in an agency like"),
        ({"starts_on-year": "2020"}, "First day must be today or later|The first day must be today or later"),
        ({"ends_on-day": "1", "ends_on-month": "1", "ends_on-year": "2020"}, "The last day must not be before"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said_and_nothing_is_stored(client, changes, words):
    text = client.post(reverse(INVITE), asked(**changes)).content.decode()
    assert any(each in text for each in words.split("|"))
    assert not User.objects.filter(email__startswith="wilf").exists()
    assert not Invitation.objects.exists()


def test_nobody_is_invited_twice(client):
    invited(client)
    text = client.post(reverse(INVITE), asked(email="WILF@barnsley.example")).content.decode()
    assert "There is an account with this e-mail address already" in text


@pytest.mark.browser
def test_axe_finds_nothing_on_the_pages_of_the_invited(client, page):
    invited(client)
    link = link_sent()
    assert faults(page, Client().get(link), "invitation") == []
    assert faults(page, sent_to(Client(), link, "short"), "invitation-weak") == []
    tomorrow = timezone.localdate() + timedelta(days=1)
    days = {f"starts_on-{part}": getattr(tomorrow, part) for part in ("day", "month", "year")}
    client.post(reverse(INVITE), asked(email="later@barnsley.example", **days))
    assert faults(page, sent_to(Client(), link_sent()), "password-set") == []
