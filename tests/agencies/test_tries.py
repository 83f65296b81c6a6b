"""Guessing is slow, and nobody can keep others out by guessing: neither an account's owner nor a whole force."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from agencies.models import Agency, Tries
from agencies.signin.tries import ADDRESS, COOKIE, KNOWN_BROWSER
from agencies.tasks import sweep_sessions
from audit.ledger import read_payload
from audit.models import Entry
from tests.making import officer_of
from tests.signing_in import give_code, give_password, sign_in

pytestmark = pytest.mark.usefixtures("db", "on_record")
WRONG = "not the right pass phrase"
FORCE, BESIDE = "192.0.2.10", "192.0.2.200"
AFAR = "198.51.100.7"


@pytest.fixture(autouse=True)
def still(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    return time_machine


def guess(user, times, *, address=AFAR):
    browser = Client(REMOTE_ADDR=address)
    return [give_password(browser, user, WRONG).content.decode() for _try in range(times)]


def guess_codes(browser, user, times):
    give_password(browser, user)
    return [b"Too many tries" in give_code(browser, "000000").content for _try in range(times)]


def without_token(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def may_sign_in(client, user):
    return give_password(client, user).status_code == 302


def test_after_five_failures_in_browsers_nobody_knows_even_the_right_password_waits(officer, still):
    pages = guess(officer, 6)
    assert ["Too many tries" in page for page in pages] == [False] * 5 + [True]
    assert not may_sign_in(Client(REMOTE_ADDR="203.0.113.9"), officer), "from a thousand addresses it is no easier"
    still.shift(timedelta(minutes=5, seconds=1))
    assert may_sign_in(Client(), officer)


def test_the_waiting_is_on_the_record(officer):
    guess(officer, 6)
    *_others, last = Entry.objects.filter(kind=Entry.Kind.SIGN_IN_FAILED)
    assert read_payload(last) == {"tried": officer.email, "waits": True}


def test_an_address_without_an_account_waits_just_the_same(officer):
    nobody = officer_of(Agency.objects.get(code="E08000032"))
    nobody.email = "nobody@officers.example"
    page, other = (guess(each, 6)[-1].replace(each.email, "") for each in (officer, nobody))
    assert without_token(page) == without_token(other)


def test_the_owner_is_not_kept_out_of_a_browser_in_which_they_signed_in_before(officer):
    own = Client(REMOTE_ADDR=FORCE)
    sign_in(own, officer)
    own.post("/casework/sign-out/")
    guess(officer, 6, address=FORCE)
    assert may_sign_in(own, officer)


def test_a_known_browser_does_not_guess_without_end_either(officer):
    own = Client()
    sign_in(own, officer)
    own.post("/casework/sign-out/")
    pages = [give_password(own, officer, WRONG).content.decode() for _try in range(11)]
    assert "Too many tries" in pages[-1] and "Too many tries" not in pages[-2]


def test_a_browser_is_known_to_its_own_user_only(officer):
    other = officer_of(Agency.objects.get(code="E08000032"))
    thief = Client()
    sign_in(thief, other)
    thief.post("/casework/sign-out/")
    guess(officer, 5)
    assert not may_sign_in(thief, officer)


def shared_by(*users):
    """A machine of an office, in which several people have signed in."""
    browser = Client()
    for user in users:
        sign_in(browser, user)
        browser.post("/casework/sign-out/")
    return browser


def in_and_out(browser, user, still):
    still.shift(timedelta(seconds=31))  # a code answers once
    browser.cookies.pop("session", None)  # where somebody was asked for a code
    assert sign_in(browser, user)["Location"] == "/casework/"
    browser.post("/casework/sign-out/")


def test_who_shares_a_browser_guesses_no_more_passwords_of_a_colleague_by_signing_in_themselves(officer, still):
    colleague = officer_of(officer.agencies[0])
    browser = shared_by(officer, colleague)
    for _try in range(KNOWN_BROWSER.at_once):
        give_password(browser, officer, WRONG)
    in_and_out(browser, colleague, still)
    assert "Too many tries" in give_password(browser, officer, WRONG).content.decode()


def test_who_shares_a_browser_guesses_no_more_codes_of_a_colleague_by_signing_in_themselves(officer, still):
    colleague = officer_of(officer.agencies[0])
    browser = shared_by(officer, colleague)
    assert guess_codes(browser, officer, 6) == [False] * 5 + [True]
    in_and_out(browser, colleague, still)
    assert guess_codes(browser, officer, 1) == [True]


def test_a_cookie_from_an_earlier_sign_in_gives_no_further_tries(officer, still):
    browser = shared_by(officer)
    kept = browser.cookies[COOKIE].value
    in_and_out(browser, officer, still)
    for _try in range(KNOWN_BROWSER.at_once):
        give_password(browser, officer, WRONG)
    browser.cookies[COOKIE] = kept
    assert not may_sign_in(browser, officer)


def test_a_colleagues_sign_in_does_not_prolong_how_long_a_browser_is_known_to_be_ones_own(officer, still):
    colleague = officer_of(officer.agencies[0])
    browser = shared_by(officer, colleague)
    still.shift(timedelta(days=80))
    in_and_out(browser, colleague, still)
    guess(officer, 5)
    assert may_sign_in(browser, officer)
    still.shift(timedelta(days=11))
    guess(officer, 5)
    assert not may_sign_in(browser, officer)
    guess(colleague, 5)
    assert may_sign_in(browser, colleague)


def test_codes_are_bounded_over_all_browsers_that_are_known(officer, still):
    browsers = [shared_by(officer)]
    for _each in range(2):
        browsers.append(Client())
        in_and_out(browsers[-1], officer, still)
    assert [guess_codes(each, officer, 5)[-1] for each in browsers] == [False, False, True]
    stranger = Client(REMOTE_ADDR=AFAR)
    assert guess_codes(stranger, officer, 6) == [False] * 5 + [True], "others are counted by themselves"


def test_a_stranger_who_has_the_password_keeps_no_known_browser_waiting_for_codes(officer, still):
    own = shared_by(officer)
    for _hour in range(3):
        assert guess_codes(Client(REMOTE_ADDR=AFAR), officer, 6)[-1]
    still.shift(timedelta(seconds=31))
    sign_in(own, officer)
    assert own.get("/casework/").status_code == 200


@pytest.mark.parametrize("cookie", ["", "x", "WyJhIl0:1:2", "é"])
def test_a_cookie_that_was_made_up_is_worth_nothing(officer, cookie):
    guess(officer, 5)
    thief = Client()
    thief.cookies[COOKIE] = cookie
    assert not may_sign_in(thief, officer)


def test_a_password_alone_makes_no_browser_known(client, officer):
    give_password(client, officer)
    assert COOKIE not in client.cookies


def test_many_colleagues_behind_one_address_slip_without_keeping_anybody_out(officer):
    colleagues = [officer_of(officer.agencies[0]) for _each in range(30)]
    for each in colleagues:
        guess(each, 3, address=FORCE)
    assert all(may_sign_in(Client(REMOTE_ADDR=FORCE), each) for each in [officer, *colleagues])


def wear_out(address):
    """A machine behind an address tries one password on everybody whose name it can think of."""
    machine = Client(REMOTE_ADDR=address)
    for number in range(ADDRESS.at_once):
        machine.post("/casework/sign-in/", {"login": f"{number}@officers.example", "password": WRONG})
    stopped = machine.post("/casework/sign-in/", {"login": "next@officers.example", "password": WRONG})
    assert "Too many tries" in stopped.content.decode()


def has_signed_in(user, *, address):
    browser = Client(REMOTE_ADDR=address)
    sign_in(browser, user)
    browser.post("/casework/sign-out/")
    return browser


def test_a_machine_that_tries_one_password_on_everybody_is_stopped_and_known_browsers_beside_it_are_not(officer):
    own = has_signed_in(officer, address=FORCE)
    wear_out(FORCE)
    assert may_sign_in(own, officer)
    never_there = officer_of(officer.agencies[0])
    assert not may_sign_in(Client(REMOTE_ADDR=FORCE), never_there)
    assert may_sign_in(Client(REMOTE_ADDR=AFAR), never_there)


def test_it_does_not_stop_its_force_whose_officers_come_in_new_browsers_too(officer, still):
    has_signed_in(officer, address=BESIDE)
    wear_out(FORCE)
    assert may_sign_in(Client(REMOTE_ADDR=FORCE), officer), "a force leaves by several addresses of one network"
    still.shift(timedelta(days=91))
    wear_out(FORCE)
    assert not may_sign_in(Client(REMOTE_ADDR=FORCE), officer), "who has not been there for long is a stranger there"


def test_behind_an_address_that_has_to_wait_nobody_learns_who_belongs_there(officer):
    has_signed_in(officer, address=FORCE)
    nobody = officer_of(Agency.objects.get(code="E08000032"))
    nobody.email = "nobody@officers.example"
    wear_out(FORCE)
    page, other = (guess(each, 1, address=FORCE)[0].replace(each.email, "") for each in (officer, nobody))
    assert "Too many tries" in page
    assert without_token(page) == without_token(other)


def test_there_too_an_account_has_five_tries_and_no_more(officer):
    has_signed_in(officer, address=FORCE)
    wear_out(FORCE)
    guess(officer, 5, address=FORCE)
    assert not may_sign_in(Client(REMOTE_ADDR=FORCE), officer)
    assert may_sign_in(Client(REMOTE_ADDR=AFAR), officer), "elsewhere nobody can tell that they were counted there"


def test_who_fails_from_afar_does_not_keep_officers_out_of_new_browsers_in_their_own_network(officer):
    has_signed_in(officer, address=FORCE)
    guess(officer, 6)
    assert may_sign_in(Client(REMOTE_ADDR=FORCE), officer)
    assert not may_sign_in(Client(REMOTE_ADDR=AFAR), officer)


def test_a_passkey_cannot_be_guessed_and_never_waits():
    wear_out(FORCE)
    answer = Client(REMOTE_ADDR=FORCE).post("/casework/sign-in/passkey/", {"credential": "{}"}, follow=True)
    assert "This passkey was not accepted" in answer.content.decode()


def test_who_succeeds_pays_nothing(officer):
    for _morning in range(12):
        assert may_sign_in(Client(), officer)


def test_what_is_counted_names_nobody_and_is_swept(officer, still):
    guess(officer, 2)
    assert Tries.objects.count() == 2
    assert not any(officer.email in each.name or AFAR in each.name for each in Tries.objects.all())
    still.shift(timedelta(hours=1))
    sweep_sessions()
    assert not Tries.objects.exists()
