"""From where a request came: what our proxies saw, never what the client wrote."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from audit.agents import Agent
from audit.context import current, current_or_none
from audit.middleware import RecordingMiddleware, client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "peer", "address"),
    [
        (0, "", "192.0.2.1", "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (1, "6.6.6.6, 7.7.7.7,203.0.113.9 ", "192.0.2.1", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 192.0.2.2", "192.0.2.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, "", "192.0.2.1", "192.0.2.1"),
        (1, "  ", "192.0.2.1", "192.0.2.1"),
        (1, " , ", "192.0.2.1", None),
        (1, "6.6.6.6,", "192.0.2.1", None),
        (1, "6.6.6.6, ,", "192.0.2.1", None),
        (2, "6.6.6.6,,192.0.2.2", "192.0.2.1", None),
        (2, "203.0.113.9,", "192.0.2.1", "203.0.113.9"),
        (1, "unknown", "192.0.2.1", None),
        (1, "203.0.113.9:4711", "192.0.2.1", "203.0.113.9"),
        (1, "6.6.6.6:80, 203.0.113.9:4711", "192.0.2.1", "203.0.113.9"),
        (1, "203.0.113.9:", "192.0.2.1", None),
        (1, "203.0.113.9:4711:4712", "192.0.2.1", None),
        (1, "[2001:db8::7]:443", "192.0.2.1", "2001:db8::7"),
        (1, "[2001:db8::7]", "192.0.2.1", "2001:db8::7"),
        (1, "[fe80::1%eth0]:443", "192.0.2.1", "fe80::1"),
        (1, "[2001:db8::7", "192.0.2.1", None),
        (1, "'; DROP TABLE audit_entry", "192.0.2.1", None),
        (1, "2001:db8::7", "192.0.2.1", "2001:db8::7"),
        (0, "", "fe80::1%eth0", "fe80::1"),
        (0, "", "", None),
    ],
)
def test_only_what_a_proxy_of_ours_wrote_is_believed(settings, proxies, forwarded, peer, address):
    settings.TRUSTED_PROXY_COUNT = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers)) == address


def test_each_request_has_a_record_of_its_own():
    seen = []

    def view(request):
        seen.append(current())
        return HttpResponse()

    middleware = RecordingMiddleware(view)
    for _ in range(2):
        middleware(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1"))
    first, second = seen
    assert (first.by, first.address) == (Agent.REFERRER, "192.0.2.1")
    assert first.correlation != second.correlation
    assert current_or_none() is None
