"""Only public addresses are called, by https, unless a setting allows more."""

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.policies import check_may_be_called
from agencies.webhooks.addresses import AddressRefused, NameUnknown, may_be_called, parted, resolved
from audit.refusals import NotNow

PRIVATE = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1",
    "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "81.2.69.142", "172.15.0.1", "172.32.0.1", "100.63.255.255", "2606:4700::1111", "2a00:1450::1"]
GOOD = "https://receiver.example/events"


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_refused(address):
    assert not may_be_called(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_called(address):
    assert may_be_called(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_no_wrap_of_an_ipv4_address_inside_ipv6_is_called(address):
    number = int(address)
    for wrapped in (
        number,
        0xFFFF << 32 | number,
        0x64FF9B << 96 | number,
        0x2002 << 112 | number << 80,
        0x20010000 << 96 | number,
    ):
        assert not may_be_called(ipaddress.IPv6Address(wrapped))


def test_a_setting_allows_a_private_network_and_no_other(settings):
    settings.WEBHOOK_ALLOWED_NETWORKS = ["10.20.0.0/16"]
    assert may_be_called(ipaddress.ip_address("10.20.3.4"))
    assert not may_be_called(ipaddress.ip_address("10.21.3.4"))
    assert not may_be_called(ipaddress.ip_address("127.0.0.1"))


@pytest.mark.parametrize(
    "url",
    [
        "", "receiver.example", "http://receiver.example/", "ftp://receiver.example/", "https://", "https:///x",
        "https://user@receiver.example/", "https://user:pass@receiver.example/", "https://receiver.example:22/",
        "https://receiver.example/?token=1", "https://receiver.example/#x", "https://receiver.example/\r\nX: y",
        "https://receiver.example/ x", "https://réceiver.example/", "https://receiver.example:99999/",
        "https://receiver.example:x/", "https://[::1/", "https://receiver.example\\@other.example/",
        f"{GOOD}/{'x' * 500}", "javascript:alert(1)", "file:///etc/passwd", "https://receiver.example/\x00",
    ],
)  # fmt: skip
def test_an_address_of_a_kind_that_is_never_called_is_refused_with_what_to_enter(url):
    with pytest.raises(AddressRefused) as refused:
        parted(url)
    assert str(refused.value.why)
    with pytest.raises(NotNow):
        check_may_be_called(url)


def test_an_ordinary_address_is_taken_apart():
    assert parted(GOOD)[1:] == ("receiver.example", 443)
    assert parted("https://receiver.example:8443/x")[1:] == ("receiver.example", 8443)
    check_may_be_called(GOOD)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "::1"])
def test_however_loopback_is_written_it_is_refused(host):
    with pytest.raises(AddressRefused, match="private network"):
        resolved(host, 443, within=5)


def answering(monkeypatch, *addresses):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)


def test_one_private_address_among_public_ones_is_enough_to_call_none(monkeypatch):
    answering(monkeypatch, "81.2.69.142", "10.0.0.1")
    with pytest.raises(AddressRefused):
        resolved("receiver.example", 443, within=5)
    answering(monkeypatch, "81.2.69.142", "8.8.8.8", "8.8.8.8")
    assert resolved("receiver.example", 443, within=5) == ["81.2.69.142", "8.8.8.8"]


@pytest.mark.parametrize("fault", [OSError, UnicodeError])
def test_a_name_that_is_not_found_is_unknown(monkeypatch, fault):
    def ask(*args, **kwargs):
        raise fault

    monkeypatch.setattr(socket, "getaddrinfo", ask)
    with pytest.raises(NameUnknown):
        resolved("receiver.example", 443, within=5)
    answering(monkeypatch)
    with pytest.raises(NameUnknown):
        resolved("receiver.example", 443, within=5)


def test_a_resolver_that_hangs_is_left_behind(monkeypatch):
    from threading import Event

    ended = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: ended.wait(20) and [])
    with pytest.raises(TimeoutError):
        resolved("receiver.example", 443, within=0.1)
    ended.set()
