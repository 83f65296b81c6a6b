"""How often somebody may fail to sign in before they are asked to wait.

Nothing here locks an account or an address. A browser in which somebody has signed in before is known by a cookie, and
counted by itself: whoever fails from afar, or beside it behind the address of the same force, does not keep its owner
out. What it is counted by stays the same whoever else signs in there, and lasts from one's own sign-in. All other
browsers are counted by account, so that nobody guesses one password from a thousand addresses, and by address, so that
nobody tries one password on a thousand accounts. Whoever would have to wait by either, but has signed in from this
network before, is counted by account and network: so one machine stops its own force only for those who come there for
the first time, and none from afar stops anybody there. A passkey cannot be guessed, and is not counted.

Codes are counted in the same way, by account and for known browsers by themselves: whoever has a password only uses up
their own tries. Over all of an account's known browsers they are counted too, so that nobody guesses in many of them;
whoever has none of them cannot use that up.

A try is paid for before it is made and paid back when it succeeds: a thousand at once are a thousand.
"""

import hashlib
import hmac
from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse

from agencies.limiting import place
from agencies.limits import Limit
from agencies.models import Tries, User
from agencies.signin.proof import place_of
from audit.middleware import client_address

UNKNOWN_BROWSER = Limit(at_once=5, an_hour=12)
KNOWN_BROWSER = Limit(at_once=10, an_hour=60)
# Failures only: an address of a force sees thousands of sign-ins in a morning, and some slips.
ADDRESS = Limit(at_once=200, an_hour=400)
# Whoever is asked for a code has given the password already.
CODE = Limit(at_once=5, an_hour=12)
CODE_IN_ALL_KNOWN = Limit(at_once=10, an_hour=24)

COOKIE = "__Host-known" if settings.HTTPS else "known"
_KNOWN_FOR = timedelta(days=90)  # browsers, and networks in which somebody has signed in
_MOST_KNOWN = 5
_SALT = "agencies.signin.tries"
_COOKIE_SALT = "agencies.signin.tries.cookie"

_PAY = """
INSERT INTO agencies_tries AS held (name, paid) VALUES (%(name)s, %(now)s + %(each)s)
ON CONFLICT (name) DO UPDATE SET paid = greatest(held.paid, %(now)s) + %(each)s
WHERE greatest(held.paid, %(now)s) + %(each)s <= %(now)s + %(all)s
RETURNING paid
"""
_REMEMBER = """
INSERT INTO agencies_tries (name, paid) VALUES (%(name)s, %(until)s)
ON CONFLICT (name) DO UPDATE SET paid = excluded.paid
"""
_PAY_BACK = "UPDATE agencies_tries SET paid = paid - %(each)s WHERE name = %(name)s"


@dataclass(frozen=True)
class Known:
    """That a browser is known to be an account's: what it is counted by, and since when."""

    account: str
    browser: str
    since: float


@dataclass(frozen=True)
class Payment:
    """What a try was paid with: nothing, where somebody has to wait.

    silent: only the right password is answered otherwise than by waiting. Who belongs where is told to nobody.
    """

    counted: dict[str, Limit]
    must_wait: bool = False
    silent: bool = False


def pay_for_sign_in(request: HttpRequest, email: str, *, now: datetime) -> Payment:
    """Count one try to sign in with an address, whether it has an account or not."""
    account = _account(email)
    if known := _known(request, now).get(account):
        return _pay({_name("known", known.browser): KNOWN_BROWSER}, now)
    address = _name("address", place(client_address(request) or ""))
    paid = _pay({account: UNKNOWN_BROWSER, address: ADDRESS}, now)
    network = _network(request, account)
    if paid.must_wait and Tries.objects.filter(name=network, paid__gt=now).exists():
        return replace(_pay({_name("there", network): UNKNOWN_BROWSER}, now), silent=True)
    return paid


def pay_for_code(request: HttpRequest, user: User, *, now: datetime) -> Payment:
    """Count one answer of somebody who has given the password: a code, or the password once more."""
    if known := _known(request, now).get(_account(user.email)):
        return _pay({_name("code", known.browser): CODE, _name("codes", str(user.pk)): CODE_IN_ALL_KNOWN}, now)
    return _pay({_name("code", str(user.pk)): CODE}, now)


def pay_back(payment: Payment) -> None:
    """It succeeded: it does not count."""
    with connection.cursor() as cursor:
        for name, limit in payment.counted.items():
            given: dict[str, Any] = {"name": name, "each": _each(limit)}
            cursor.execute(_PAY_BACK, given)


def remember_browser(request: HttpRequest, response: HttpResponse, user: User, *, now: datetime) -> None:
    """Let this browser, and its network, be known to belong to whoever has signed in, second factor and all."""
    account = _account(user.email)
    known = _known(request, now)
    before = known.pop(account, None)
    this = Known(account, before.browser if before else token_hex(16), now.timestamp())
    response.set_cookie(
        COOKIE,
        signing.dumps([astuple(each) for each in (this, *known.values())][:_MOST_KNOWN], salt=_COOKIE_SALT),
        max_age=_KNOWN_FOR,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, {"name": _network(request, account), "until": now + _KNOWN_FOR})


def forget_old_tries(*, now: datetime) -> None:
    """Delete what is paid for, and networks that nobody has signed in from for long: they count no more."""
    Tries.objects.filter(paid__lt=now).delete()


def _pay(counted: dict[str, Limit], now: datetime) -> Payment:
    paid: dict[str, Limit] = {}
    for name, limit in counted.items():
        if not _paid(name, limit, now):
            pay_back(Payment(paid))
            return Payment({}, must_wait=True)
        paid[name] = limit
    return Payment(paid)


def _paid(name: str, limit: Limit, now: datetime) -> bool:
    with connection.cursor() as cursor:
        all_at_once = _each(limit) * limit.at_once
        given: dict[str, Any] = {"name": name, "now": now, "each": _each(limit), "all": all_at_once}
        cursor.execute(_PAY, given)
        return cursor.fetchone() is not None


def _each(limit: Limit) -> timedelta:
    return timedelta(hours=1) / limit.an_hour


def _known(request: HttpRequest, now: datetime) -> dict[str, Known]:
    """Whose the browser is known to be, by account, the last one who signed in first."""
    try:
        stored = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_COOKIE_SALT)
    except signing.BadSignature:
        return {}
    earliest = (now - _KNOWN_FOR).timestamp()
    known = [Known(*each) for each in stored]
    return {each.account: each for each in known if each.since > earliest}


def _account(email: str) -> str:
    return _name("account", email.strip().casefold())


def _network(request: HttpRequest, account: str) -> str:
    """An account in the network where the request comes from."""
    return _name("network", f"{account} {place_of(request)}")


def _name(kind: str, value: str) -> str:
    """No address stands in the table, neither of a person nor of a machine: a keyed hash does."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{_SALT}:{kind}:{value}".encode(), hashlib.sha256).hexdigest()
