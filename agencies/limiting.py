"""Counting on the broker's server whether somebody does too much. Without that server nobody is ever told to wait."""

import hashlib
import hmac
import math
import time
from functools import cache
from ipaddress import IPv6Address, ip_address
from typing import Any

import structlog
from django.conf import settings
from django.utils import timezone
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from agencies.limits import LIMITS, Doing, Key
from audit.context import current_or_none

log = structlog.get_logger(__name__)

# Counting may cost a request this much, and after a failure nothing for so many seconds.
TIMEOUT = 0.25
PAUSE = 5.0

# For each key the moment until which it has paid for what it did ("generic cell rate"): one number a key. Where one of
# them would have to wait, none is charged: being asked costs nothing, and pressing again does not make it worse.
SCRIPT = """
local now, wait, paid = tonumber(ARGV[1]), 0, {}
for i, key in ipairs(KEYS) do
  local each, at_once = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local until_then = math.min(tonumber(redis.call('GET', key) or now), now + each * at_once)
  paid[i] = math.max(until_then, now) + each
  wait = math.max(wait, paid[i] - each * at_once - now)
end
if wait <= 0 then
  for i, key in ipairs(KEYS) do
    redis.call('SET', key, string.format('%.3f', paid[i]), 'PX', math.ceil((paid[i] - now) * 1000) + 1000)
  end
end
return tostring(wait)
"""


class _Counter:
    """The connection of this process, and until when it is left alone."""

    away_until = 0.0


def seconds_to_wait(doing: Doing, by: dict[Key, str]) -> int:
    """Count one time, for the client's address and what else is known of who does it; 0: go on.

    Over a limit nothing is counted, and whole seconds come back after which it may be tried again. Fails open: never
    raises because the server is away, and then never asks anybody to wait.
    """
    known = by | {Key.ADDRESS: place(_address())}
    counted = [(key, limit) for key, limit in LIMITS[doing].items() if known.get(key)]
    if not counted or time.monotonic() < _Counter.away_until:
        return 0
    names = [_name(doing, key, known[key]) for key, _limit in counted]
    rates = [number for _key, limit in counted for number in (3600 / limit.an_hour, limit.at_once)]
    try:
        count = _script(str(settings.CACHES["default"]["LOCATION"]))
        wait = count(keys=names, args=[f"{timezone.now().timestamp():.3f}", *rates])
    except RedisError as error:
        _Counter.away_until = time.monotonic() + PAUSE
        log.warning("limits_not_counted", error=type(error).__name__)
        return 0
    seconds = math.ceil(float(wait))
    if seconds > 0:
        log.info("asked_to_wait", page=doing.value)
    return max(seconds, 0)


def domain_of(email: str) -> str:
    """What stands after the last @, in small letters; empty where there is none."""
    return email.rpartition("@")[2].strip().casefold() if "@" in email else ""


def _address() -> str:
    """Where the request came from: the house's one answer, which knows how many proxies may be believed."""
    present = current_or_none()
    return (present.address if present else None) or ""


def place(address: str) -> str:
    """One subscriber: an IPv4 address, or the 64 bits of IPv6 that one has all the addresses of."""
    if not address:
        return ""
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or int(parsed) >> 64)
    return address


def _name(doing: Doing, key: Key, value: str) -> str:
    """No address and no domain lies on the broker's server: a keyed hash does."""
    hashed = hmac.new(settings.SECRET_KEY.encode(), f"{doing}:{key}:{value}".encode(), hashlib.sha256)
    prefix = settings.CACHES["default"].get("KEY_PREFIX", "")
    return f"{prefix}limit:{doing}:{key}:{hashed.hexdigest()[:32]}"


@cache
def _script(address: str) -> Any:
    client = Redis.from_url(
        address,
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
        retry=Retry(NoBackoff(), 0),
    )
    return client.register_script(SCRIPT)
