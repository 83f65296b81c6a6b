"""One call to a receiver: pinned to the address that was checked, limited in time, its body never read."""

import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection

from django.conf import settings

from agencies.webhooks import reasons
from agencies.webhooks.addresses import AddressRefused, NameUnknown, parted, resolved

LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class Answer:
    """What came of a call: no `reason` when the receiver took it; `pause` is how long it asks to be left alone."""

    reason: str = ""
    pause: timedelta = timedelta()

    @property
    def taken(self) -> bool:
        """Whether the receiver has it."""
        return not self.reason

    @property
    def gone(self) -> bool:
        """Whether the receiver wants to be called no more."""
        return self.reason == reasons.GONE


def call(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """POST once, within WEBHOOK_SECONDS from the look-up to the status line. A fault of the receiver raises nothing.

    The name is resolved once, every address checked, and the connection made to a checked one: an answer that
    changes in between changes nothing. Redirects are not followed, proxies not asked, the body not read.
    """
    ends = time.monotonic() + settings.WEBHOOK_SECONDS
    try:
        response = _post(url, body, headers, ends)
        # Hung up on in the middle of its headers, it is not known to have taken anything.
        return _judged(response) if time.monotonic() < ends else Answer(reasons.TIMED_OUT)
    except AddressRefused:
        return Answer(reasons.ADDRESS_REFUSED)
    except NameUnknown:
        return Answer(reasons.NAME_UNKNOWN)
    except ssl.SSLCertVerificationError:
        return Answer(reasons.NOT_TRUSTED)
    except TimeoutError:
        return Answer(reasons.TIMED_OUT)
    except (OSError, HTTPException, ValueError) as error:
        if time.monotonic() >= ends:
            return Answer(reasons.TIMED_OUT)
        return Answer(reasons.NO_CONNECTION if isinstance(error, OSError) else reasons.NO_ANSWER)


def _judged(response: HTTPResponse) -> Answer:
    status = response.status
    if 200 <= status < 300:
        return Answer()
    if status == 410:
        return Answer(reasons.GONE)
    if 300 <= status < 400:
        return Answer(reasons.REDIRECTED)
    asked = response.getheader("Retry-After", "")
    seconds = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 0
    return Answer(f"answered:{status}", min(timedelta(seconds=seconds), LONGEST_PAUSE))


def _post(url: str, body: bytes, headers: Mapping[str, str], ends: float) -> HTTPResponse:
    parts, host, port = parted(url)
    with closing(_connected(resolved(host, port, within=_left(ends)), port, ends)) as raw:
        # A receiver that sends a byte now and then would outlast every timeout of a socket: this ends it.
        guard = raw.dup()
        watch = threading.Timer(_left(ends), _hang_up, [guard])
        watch.daemon = True
        watch.start()
        try:
            secure = parts.scheme == "https"
            kind = HTTPSConnection if secure else HTTPConnection
            with closing(_secured(raw, host) if secure else raw) as line, closing(kind(host, port)) as connection:
                connection.sock = line
                connection.request("POST", parts.path or "/", body, dict(headers))
                return connection.getresponse()
        finally:
            watch.cancel()
            guard.close()


def _connected(addresses: list[str], port: int, ends: float) -> socket.socket:
    """A connection to the first of the addresses that takes one."""
    *others, last = addresses
    for address in others:
        with suppress(OSError):
            return _dialled(address, port, _left(ends) / 2)
    return _dialled(last, port, _left(ends))


def _dialled(address: str, port: int, within: float) -> socket.socket:
    line = socket.create_connection((address, port), timeout=within)
    line.settimeout(settings.WEBHOOK_SECONDS)
    return line


def _secured(line: socket.socket, host: str) -> ssl.SSLSocket:
    """TLS with the receiver's name verified, whichever address it has."""
    context = ssl.create_default_context(cafile=settings.WEBHOOK_CA_FILE or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context.wrap_socket(line, server_hostname=host)


def _left(ends: float) -> float:
    return max(ends - time.monotonic(), 0.01)


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
