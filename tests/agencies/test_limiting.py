"""Who does too much is asked to wait; a school is not, and nobody is while the server that counts is away."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings as configured
from django.test import RequestFactory
from django.utils import timezone
from redis import Redis

from agencies.limiting import _Counter, domain_of, seconds_to_wait
from agencies.limits import LIMITS, Doing, Key
from audit.agents import Agent
from audit.context import recording
from audit.middleware import client_address
from config.embedded.ports import free_port


@pytest.fixture(autouse=True)
def counted(monkeypatch):
    monkeypatch.setattr(_Counter, "away_until", 0.0)


def somebody():
    return uuid4().hex


def times(count, doing, by):
    return [seconds_to_wait(doing, by) for _time in range(count)]


def from_address(address, count, doing, by=None):
    with recording(by=Agent.REFERRER, address=address):
        return [seconds_to_wait(doing, by() if by else {}) for _time in range(count)]


def an_address():
    number = uuid4().int
    return f"10.{number % 250}.{number // 250 % 250}.{number // 62500 % 250}"


@pytest.mark.parametrize("doing", Doing)
def test_one_may_do_so_much_at_once_and_is_then_asked_to_wait_a_moment(doing):
    key, limit = min(LIMITS[doing].items(), key=lambda pair: pair[1].at_once)
    if key is Key.ADDRESS:
        pytest.skip("counted for every caller")
    by = {key: somebody()}
    with time_machine.travel(timezone.now(), tick=False):
        assert set(times(limit.at_once, doing, by)) == {0}
        waits = times(3, doing, by)
    assert all(0 < wait <= 3600 // limit.an_hour + 1 for wait in waits), "pressing again does not make it worse"


def test_after_the_wait_it_goes_on():
    by, now = {Key.DRAFT: somebody()}, timezone.now()
    with time_machine.travel(now, tick=False):
        times(20, Doing.SEND, by)
        wait = seconds_to_wait(Doing.SEND, by)
    with time_machine.travel(now + timedelta(seconds=wait), tick=False):
        assert seconds_to_wait(Doing.SEND, by) == 0
        assert seconds_to_wait(Doing.SEND, by) > 0


def test_three_hundred_browsers_at_one_address_send_in_an_hour_or_at_once_without_a_wait():
    school = an_address()
    for every in (timedelta(0), timedelta(seconds=12)):
        now = timezone.now()
        for number in range(300):
            with time_machine.travel(now + number * every, tick=False), recording(by=Agent.REFERRER, address=school):
                by = {Key.BROWSER: somebody(), Key.DRAFT: somebody(), Key.EMAIL_DOMAIN: "hollybrook.example"}
                assert seconds_to_wait(Doing.BEGIN, by) == seconds_to_wait(Doing.SEND, by) == 0


def test_seven_hundred_from_one_browser_in_ten_minutes_arrive_in_the_quarantine_rather_than_at_a_limit():
    browser, script = somebody(), an_address()
    waits = from_address(script, 700, Doing.SEND, lambda: {Key.BROWSER: browser, Key.DRAFT: somebody()})
    assert set(waits) == {0}


def test_an_address_that_sends_without_end_is_asked_to_wait_and_another_is_not():
    busy = an_address()
    waits = from_address(busy, 1_520, Doing.SEND, lambda: {Key.BROWSER: somebody()})
    assert set(waits[:1_500]) == {0} and waits[-1] > 0
    assert from_address(an_address(), 1, Doing.SEND) == [0]


def test_all_addresses_of_one_ipv6_subscriber_count_as_one():
    net = f"2001:db8:{uuid4().int % 65536:x}:{uuid4().int % 65536:x}"
    for host in range(200):
        assert from_address(f"{net}::{host:x}", 1, Doing.GUESS) == [0]
    assert from_address(f"{net}:ffff::1", 1, Doing.GUESS)[0] > 0


def test_an_ipv4_address_written_as_ipv6_is_the_same_subscriber():
    plain = an_address()
    from_address(plain, 200, Doing.GUESS)
    assert from_address(f"::ffff:{plain}", 1, Doing.GUESS)[0] > 0


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_header_of_ones_own_makes_nobody_another(proxies, settings):
    settings.TRUSTED_PROXY_COUNT = proxies
    real = "203.0.113.7"

    def seen(invented):
        forwarded = f"{invented}, {real}" if proxies else invented
        peer = "10.0.0.1" if proxies else real
        return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded))

    assert {seen(f"198.51.100.{number}") for number in range(9)} == {real}


def test_where_nothing_is_known_nobody_waits():
    assert set(times(500, Doing.GUESS, {})) == {0}
    assert set(times(500, Doing.SEND, {Key.DRAFT: "", Key.EMAIL_DOMAIN: ""})) == {0}


@pytest.mark.parametrize("address", ["redis://127.0.0.1:{port}/1", "redis://10.255.255.1:6379/1"])
def test_while_the_server_is_away_nobody_waits_and_no_request_is_held_up(settings, address):
    location = address.format(port=free_port())
    settings.CACHES = {"default": {**configured.CACHES["default"], "LOCATION": location}}
    start, by = time.monotonic(), {Key.DRAFT: somebody()}
    assert set(times(1_000, Doing.SEND, by)) == {0}
    assert time.monotonic() - start < 1.5, "it is left alone after it failed"
    _Counter.away_until = 0.0
    assert seconds_to_wait(Doing.SEND, by) == 0


def test_neither_address_nor_domain_lies_on_the_server():
    from_address("198.51.100.77", 1, Doing.SEND, lambda: {Key.EMAIL_DOMAIN: "hollybrook.example"})
    server = Redis.from_url(str(configured.CACHES["default"]["LOCATION"]))
    kept = [name.decode() + str(server.get(name)) for name in server.scan_iter("*limit:*")]
    assert kept and not any("198.51" in each or "hollybrook" in each for each in kept)
    assert all(server.ttl(name) != -1 for name in server.scan_iter("*limit:*")), "a count is forgotten by itself"


def test_a_clock_that_jumps_back_keeps_nobody_out_for_long():
    by, now = {Key.DRAFT: somebody()}, timezone.now()
    with time_machine.travel(now + timedelta(days=30), tick=False):
        times(20, Doing.SEND, by)
    with time_machine.travel(now, tick=False):
        assert seconds_to_wait(Doing.SEND, by) <= 3600 // LIMITS[Doing.SEND][Key.DRAFT].an_hour + 1


@pytest.mark.parametrize(
    ("email", "domain"),
    [("ffion@Hollybrook.Example ", "hollybrook.example"), ('"a@b"@c.example', "c.example"), ("none", ""), ("", "")],
)
def test_the_domain_of_an_e_mail_address(email, domain):
    assert domain_of(email) == domain
