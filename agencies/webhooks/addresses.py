"""Which addresses the house may call: public ones, by https, unless a setting allows more."""

import ipaddress
import socket
import threading
from queue import Empty, SimpleQueue
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# Beside what Python knows as not global: wraps of IPv4 inside IPv6, which a gateway would unwrap to any address,
# and single addresses under which clouds answer the machine about itself.
NEVER = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15",
        "168.63.129.16/32", "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
        "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10", "fc00::/7", "fe80::/10",
    )
)  # fmt: skip
LONGEST_URL = 500


class AddressRefused(ValueError):
    """The address may not be called. The message says why, for people."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(why)
        self.why = why


class NameUnknown(OSError):
    """The name has no address, or was not found in time."""


def parted(url: str) -> tuple[SplitResult, str, int]:
    """The parts of an endpoint's address, its host and its port. Raises AddressRefused for what is never called."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or {"http": 80}.get(parts.scheme, 443)
    except ValueError:
        raise AddressRefused(_("Enter an address like https://receiver.example/events")) from None
    if not host or len(url) > LONGEST_URL or not url.isascii() or not all("!" <= letter <= "~" for letter in url):
        raise AddressRefused(_("Enter an address like https://receiver.example/events"))
    if parts.scheme not in settings.WEBHOOK_SCHEMES:
        raise AddressRefused(_("The address must start with https://"))
    if parts.username is not None or parts.query or parts.fragment or "\\" in url:
        raise AddressRefused(_("The address must hold no user name, no “?” and no “#”: the signature is the proof"))
    if port not in settings.WEBHOOK_PORTS:
        ports = ", ".join(map(str, settings.WEBHOOK_PORTS))
        raise AddressRefused(_("The address must use one of these ports: {ports}").format(ports=ports))
    return parts, host, port


def may_be_called(address: IP) -> bool:
    """Whether an IP address is public, or in a network that the settings allow."""
    if any(address in ipaddress.ip_network(text) for text in settings.WEBHOOK_ALLOWED_NETWORKS):
        return True
    return address.is_global and not address.is_multicast and not any(address in network for network in NEVER)


def resolved(host: str, port: int, *, within: float) -> list[str]:
    """The IP addresses of a name, looked up once, every one of them checked.

    Raises:
        AddressRefused: one of them may not be called; then none is.
        NameUnknown: there are none.
        TimeoutError: looking it up took longer than `within` seconds.
    """
    found = _looked_up(host, port, within)
    if not all(may_be_called(ipaddress.ip_address(address)) for address in found):
        raise AddressRefused(_("The address leads into a private network"))
    return found


def _looked_up(host: str, port: int, within: float) -> list[str]:
    """The system's resolver knows no time limit, so it is asked in a thread that can be left behind."""
    answers: SimpleQueue[list[str] | OSError | UnicodeError] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(sockaddr[0]) for *_rest, sockaddr in found)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name="resolver", daemon=True).start()
    try:
        answer = answers.get(timeout=max(within, 0.01))
    except Empty:
        raise TimeoutError from None
    if isinstance(answer, list) and answer:
        return answer
    raise NameUnknown(host)
