"""What a session proves about whoever uses it: a second factor, answered from this place, a moment ago.

The list is allauth's own, in the session and bound to the user. It also says where each proof was given.
"""

import time
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.account.signals import authentication_step_completed
from django.dispatch import receiver
from django.http import HttpRequest

from agencies.models import User
from audit.middleware import client_address

# Before what cannot be taken back a factor must be this fresh; whoever opened the page in time may finish writing.
FRESH = timedelta(minutes=10)
WRITING = timedelta(minutes=20)
_OPENED, _MOST_OPENED = "opened_while_fresh", 20
# A force leaves by several addresses of one network; a thief is in another one.
_PREFIX = {4: 24, 6: 48}
_FACTOR = "mfa"
_PLACE = "place"


def prove(request: HttpRequest, user: User, *, how: str, **details: Any) -> None:
    """Note that `user` has just answered a second factor, or that their provider proved one: `at` says when."""
    record_authentication(request, user, _FACTOR, type=how, **details)


@receiver(authentication_step_completed)
def note_place(sender: Any, request: HttpRequest, **_: Any) -> None:
    """Of every proof, a password and a provider's word too, the session keeps where it was given."""
    request.session[AUTHENTICATION_METHODS_SESSION_KEY][-1][_PLACE] = place_of(request)
    request.session.modified = True


def has_proven(request: HttpRequest, user: User) -> bool:
    """Whether this sign-in came with a second factor, answered from where the request comes from."""
    proof = _last_proof(request, user)
    return proof is not None and _is_from_here(request, proof)


def is_fresh(request: HttpRequest, user: User) -> bool:
    """Whether that was a moment ago; a form whose page this session opened in time may be sent a little later."""
    proof = _last_proof(request, user)
    good_for = FRESH + WRITING if request.method == "POST" and _was_opened(request) else FRESH
    return has_proven(request, user) and proof is not None and _is_within(proof["at"], good_for)


def note_opened(request: HttpRequest) -> None:
    """Note that the session has opened a page while its factor was fresh: what is typed there may be sent later."""
    before = request.session.get(_OPENED, {}).items()
    opened = {path: at for path, at in before if path != request.path and _is_within(at, FRESH + WRITING)}
    opened[request.path] = time.time()
    request.session[_OPENED] = dict(list(opened.items())[-_MOST_OPENED:])


def signed_in_just_now(request: HttpRequest, user: User) -> bool:
    """Whether the password, or the provider's word, was given a moment ago, from where the request comes from."""
    records = get_authentication_records(request, user)
    return bool(records) and _is_within(records[-1]["at"], FRESH) and _is_from_here(request, records[-1])


def place_of(request: HttpRequest) -> str:
    """The network a request comes from, as far as a thief elsewhere would differ."""
    address = client_address(request)
    if address is None:
        return ""
    version = 6 if ":" in address else 4
    return str(ip_network((address, _PREFIX[version]), strict=False))


def _last_proof(request: HttpRequest, user: User) -> dict[str, Any] | None:
    proofs = [each for each in get_authentication_records(request, user) if each.get("method") == _FACTOR]
    return proofs[-1] if proofs else None


def _was_opened(request: HttpRequest) -> bool:
    return _is_within(request.session.get(_OPENED, {}).get(request.path, 0.0), FRESH + WRITING)


def _is_from_here(request: HttpRequest, proof: dict[str, Any]) -> bool:
    return proof.get(_PLACE) == place_of(request)


def _is_within(at: float, time_allowed: timedelta) -> bool:
    return time.time() - at < time_allowed.total_seconds()
