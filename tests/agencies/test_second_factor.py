"""A password is not enough: whoever reads casework answers a second factor, and a code answers once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actions.reset_factors import reset_factors
from agencies.models import Agency, Session
from agencies.signin.factors import Kind, next_code, renewed_codes
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import Forbidden, OffTheRecord
from tests.audit.acts import within
from tests.making import officer_of
from tests.signing_in import SECRET, code_of, codes_about_now, give_code, give_password, sign_in

pytestmark = pytest.mark.usefixtures("db", "on_record")

HOME, CODE, ACCOUNT = "/casework/", "/casework/sign-in/code/", "/casework/account/"
SET_UP = "/casework/account/second-factor/"
CONFIRM = "/casework/account/confirm/"


@pytest.fixture
def newcomer(officer):
    """Somebody who has no second factor yet."""
    within(do=Authenticator.objects.filter(user=officer).delete, by=Agent.OPERATOR, now=timezone.now())
    return officer


def kinds(user: Any) -> list[str]:
    ours = {"factor_added", "factor_removed", "factor_used", "session_ended", "sign_in_failed", "signed_in"}
    return [entry.kind for entry in Entry.objects.filter(object_id=user.pk) if entry.kind in ours]


def recovery_codes(user: Any) -> list[str]:
    made: list[str] = []
    within(do=lambda: made.extend(renewed_codes(user)), by=user, now=timezone.now())
    return made


def app_of(user: Any) -> Authenticator:
    return Authenticator.objects.get(user=user, type=Kind.TOTP)


def test_after_the_password_nothing_opens_before_the_code(client, officer):
    assert give_password(client, officer)["Location"] == CODE
    assert client.get(HOME)["Location"] == f"{reverse('account_login')}?next=/casework/"
    assert b"Enter your code" in client.get(CODE).content
    assert not kinds(officer)
    assert give_code(client, code_of(officer))["Location"] == HOME
    assert client.get(HOME).status_code == 200
    assert kinds(officer) == ["factor_used", "signed_in"]


def test_a_code_without_a_password_opens_nothing(client, officer):
    assert give_code(client, code_of(officer))["Location"] == reverse("account_login")


def test_a_wrong_code_is_refused_and_on_the_record(client, officer):
    give_password(client, officer)
    answer = give_code(client, "000000")
    assert answer.status_code == 200
    assert b"This code is not right" in answer.content
    assert kinds(officer) == ["sign_in_failed"]
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize("code", ["", " ", "12", "x" * 21, "é" * 6, "٤٤٤٤٤٤"])
def test_what_is_no_code_is_no_fault(client, officer, code):
    give_password(client, officer)
    assert give_code(client, code).status_code == 200


def test_a_replayed_code_opens_nothing(client, officer, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    code = code_of(officer)
    give_password(client, officer)
    assert give_code(client, code).status_code == 302
    thief = Client()
    give_password(thief, officer)
    assert b"was used already" in give_code(thief, code).content
    assert thief.get(HOME).status_code == 302


def test_a_code_older_than_the_last_one_used_opens_nothing(client, officer, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    step = int(now.timestamp()) // 30
    overlooked, used = (format_hotp_value(hotp_value(SECRET, each)) for each in (step, step + 1))
    give_password(client, officer)
    assert give_code(client, used).status_code == 302
    thief = Client()
    give_password(thief, officer)
    assert give_code(thief, overlooked).status_code == 200


def test_a_recovery_code_opens_once(client, officer):
    codes = recovery_codes(officer)
    assert len(set(codes)) == 10
    give_password(client, officer)
    assert give_code(client, codes[3])["Location"] == HOME
    other = Client()
    give_password(other, officer)
    assert give_code(other, codes[3]).status_code == 200
    assert give_code(other, codes[4]).status_code == 302


def test_after_five_wrong_codes_even_the_right_one_waits(client, officer, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    give_password(client, officer)
    for _try in range(5):
        give_code(client, "000000")
    assert b"Too many tries" in give_code(client, code_of(officer)).content
    time_machine.move_to(start + timedelta(minutes=6), tick=False)
    give_password(client, officer)
    assert give_code(client, code_of(officer)).status_code == 302


def guess_codes(user, client, times):
    give_password(client, user)
    return [b"Too many tries" in give_code(client, "000000").content for _try in range(times)]


def test_whoever_knows_the_password_does_not_keep_its_owner_out_of_a_browser_that_is_known(client, officer):
    sign_in(client, officer)
    client.post(reverse("account_logout"))
    assert guess_codes(officer, Client(REMOTE_ADDR="198.51.100.7"), 6) == [False] * 5 + [True]
    give_password(client, officer)
    assert give_code(client, code_of(officer)).status_code == 302


def test_in_a_known_browser_codes_are_guessed_no_faster(client, officer):
    sign_in(client, officer)
    client.post(reverse("account_logout"))
    assert guess_codes(officer, client, 6) == [False] * 5 + [True]


def test_a_passkey_answers_without_waiting_for_codes_that_somebody_guessed(client, officer):
    assert guess_codes(officer, client, 6)[-1]
    answer = client.post(CODE, {"credential": "{}"}).content
    assert b"This passkey was not accepted" in answer and b"Too many tries" not in answer


def test_whoever_has_no_second_factor_can_do_nothing_but_set_one_up(client, newcomer):
    assert give_password(client, newcomer)["Location"] == HOME
    for address in (HOME, "/casework/inbox/", ACCOUNT):
        assert client.get(address)["Location"].startswith(SET_UP + "?next=")
    assert client.post(reverse("agencies:end-sessions"))["Location"].startswith(SET_UP)
    assert client.get(SET_UP).status_code == 200


def test_setting_up_an_app_opens_the_house_and_gives_recovery_codes_once(client, newcomer):
    give_password(client, newcomer)
    page = client.get(reverse("agencies:set-up-app")).content.decode()
    (secret,) = re.findall(r'id="secret">(\w+)<', page)
    assert "<svg" in page
    wrong = client.post(reverse("agencies:set-up-app"), {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    assert secret in wrong.content.decode(), "the app has been told this one"
    code = format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))
    answer = client.post(reverse("agencies:set-up-app"), {"code": code}).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", answer)) == 10
    assert client.get(HOME).status_code == 200
    assert kinds(newcomer) == ["signed_in", "factor_added"]
    thief = Client()
    give_password(thief, newcomer)
    assert give_code(thief, code).status_code == 200, "the code that set it up is used up"
    assert client.post(reverse("agencies:set-up-app"), {"code": code}).status_code == 200


def test_a_session_left_open_cannot_set_up_the_first_factor(client, newcomer, time_machine):
    give_password(client, newcomer)
    time_machine.move_to(timezone.now() + timedelta(minutes=11), tick=False)
    answer = client.get(reverse("agencies:set-up-app"))
    assert answer["Location"] == reverse("account_login")
    assert client.get(HOME)["Location"].startswith(reverse("account_login"))


def test_a_session_stolen_to_another_network_cannot_set_up_the_first_factor(client, newcomer):
    give_password(client, newcomer)
    page = client.get(reverse("agencies:set-up-app")).content.decode()
    (secret,) = re.findall(r'id="secret">(\w+)<', page)
    thief = Client(REMOTE_ADDR="198.51.100.7")
    thief.cookies["session"] = client.cookies["session"].value
    answer = thief.post(reverse("agencies:set-up-app"), {"code": codes_about_now(secret)[0]})
    assert answer["Location"] == reverse("account_login")
    assert not Authenticator.objects.filter(user=newcomer).exists()
    assert client.get(HOME)["Location"].startswith(reverse("account_login")), "it is nobody's any more"


def test_a_session_from_before_a_factor_was_set_up_elsewhere_answers_it(client, newcomer):
    give_password(client, newcomer)
    other = Client()
    other.force_login(newcomer)
    within(do=lambda: add(newcomer), by=newcomer, now=timezone.now())
    assert client.get(HOME)["Location"] == f"{CONFIRM}?next=%2Fcasework%2F"
    assert client.post(CONFIRM, {"code": code_of(newcomer), "next": HOME})["Location"] == HOME
    assert client.get(HOME).status_code == 200


def add(user: Any) -> None:
    from agencies.signin.factors import add_totp

    add_totp(user, SECRET)


def test_the_secret_lies_sealed(officer):
    app = app_of(officer)
    assert SECRET not in str(app.data)
    assert decrypt(app.data["secret"]) == SECRET


def test_a_factor_is_written_by_actions_only(officer):
    app = app_of(officer)
    for write in (app.save, app.delete, Authenticator(user=officer, type=Kind.WEBAUTHN, data={}).save):
        with pytest.raises(OffTheRecord):
            write()


def test_ones_only_factor_stays(client, officer):
    client.force_login(officer)
    answer = client.post(reverse("agencies:remove-factor", args=[app_of(officer).pk]))
    assert answer.status_code == 409
    assert "your only second factor" in answer.content.decode()


def test_one_of_two_factors_can_be_removed_and_nobody_elses(client, officer):
    key = Authenticator(user=officer, type=Kind.WEBAUTHN, data={"name": "work laptop"})
    within(do=key.save, by=officer, now=timezone.now())
    client.force_login(officer)
    assert "work laptop" in client.get(ACCOUNT).content.decode()
    theirs = app_of(officer_of(Agency.objects.get(code="E08000032")))
    assert client.post(reverse("agencies:remove-factor", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("agencies:remove-factor", args=[app_of(officer).pk])).status_code == 302
    assert [each.pk for each in Authenticator.objects.filter(user=officer)] == [key.pk]
    assert kinds(officer)[-1] == "factor_removed"


def test_new_recovery_codes_end_the_old_ones(client, officer):
    old = recovery_codes(officer)
    client.force_login(officer)
    shown = client.post(reverse("agencies:recovery-codes")).content.decode()
    new = re.findall(r"<code>(\d{8})</code>", shown)
    assert len(new) == 10 and not set(new) & set(old)
    other = Client()
    give_password(other, officer)
    assert give_code(other, old[0]).status_code == 200
    assert give_code(other, new[0]).status_code == 302


def test_whoever_lost_everything_is_reset_by_an_operator_and_sets_up_anew(client, officer):
    sign_in(client, officer)
    call_command("reset_second_factor", officer.email)
    assert client.get(HOME)["Location"].startswith(reverse("account_login"))
    assert give_password(client, officer)["Location"] == HOME
    assert client.get(HOME)["Location"].startswith(SET_UP)
    (entry,) = Entry.objects.filter(object_id=officer.pk, kind=Entry.Kind.FACTOR_REMOVED)
    assert (entry.actor, read_payload(entry)["factor"]) == (Agent.OPERATOR.pk, "all")


def test_no_officer_resets_anybody(officer):
    with pytest.raises(Forbidden):
        reset_factors(user_id=officer.pk, by=officer, now=timezone.now())


def test_the_demonstration_shows_the_code_of_its_own_accounts_only(client, newcomer, settings):
    from agencies.signin.demonstration import give_shown_factor

    within(do=lambda: give_shown_factor(newcomer), by=Agent.OPERATOR, now=timezone.now())
    give_password(client, newcomer)
    code = next_code(app_of(newcomer))
    assert code not in client.get(CODE).content.decode()
    settings.DEMO = True
    assert code in client.get(CODE).content.decode()
    assert give_code(client, code).status_code == 302
    own = officer_of(Agency.objects.get(code="E08000032"))
    other = Client()
    give_password(other, own)
    assert next_code(app_of(own)) not in other.get(CODE).content.decode()


def test_a_system_never_signs_in_with_a_passkey_nor_does_a_stranger(client):
    answer = client.post(reverse("sign-in-by-passkey"), {"credential": '{"response": {"userHandle": "AAAA"}}'})
    assert answer["Location"] == reverse("account_login")
    for nonsense in ("", "[]", "{}", "7", '{"response": 3}', '{"response": {"userHandle": "%%"}}'):
        assert client.post(reverse("sign-in-by-passkey"), {"credential": nonsense}).status_code == 302
    assert client.get(reverse("sign-in-by-passkey")).json()["publicKey"]["userVerification"] == "required"
    assert not Session.objects.filter(user__isnull=False).exists()
