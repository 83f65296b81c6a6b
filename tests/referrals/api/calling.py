"""Systems of other organisations, and how they call."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from agencies.actions.add_partner import add_partner
from agencies.actions.connect_system import connect_system
from agencies.actions.make_api_key import NewKey
from agencies.models import Agency
from agencies.scopes import Scope
from audit.agents import Agent
from audit.context import recording
from referrals.form import FORM_VERSION
from tests.making import TEACHER

REFERRALS = "/api/v1/referrals"
DISPATCHES = "/api/v1/dispatches"
RECEIVING = (Scope.RECEIVE, Scope.LINK)

# The teacher of tests.making as a school's system would send them.
ANSWERS: dict[str, Any] = TEACHER | {"approximate_age": int(TEACHER["approximate_age"])}
BODY: dict[str, Any] = {"form_version": FORM_VERSION, "language": "en", "answers": ANSWERS}


def partner_key(name: str = "Hollybrook Trust", scopes: Iterable[Scope] = (Scope.SEND,)) -> NewKey:
    """The key of an organisation that only sends."""
    with recording(by=Agent.OPERATOR):
        agency = add_partner(name=name, by=Agent.OPERATOR, now=timezone.now())
    return agency_key(agency, scopes, name=f"{name}: pupil records")


def agency_key(agency: Agency, scopes: Iterable[Scope] = RECEIVING, *, name: str = "Casebook of the agency") -> NewKey:
    """The key of an agency's own system."""
    with recording(by=Agent.OPERATOR):
        return connect_system(agency_id=agency.pk, name=name, scopes=scopes, by=Agent.OPERATOR, now=timezone.now())


class Caller:
    """A system that has a key, or something else in its place."""

    def __init__(self, key: NewKey | str | None) -> None:
        text = str(key.text) if isinstance(key, NewKey) else key
        self.client = Client(headers={} if text is None else {"Authorization": f"Bearer {text}"})

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(path, query)

    def put(self, path: str, body: Any) -> Any:
        return self.client.put(path, body, content_type="application/json")

    def send(self, body: Any = None, *, key: str | None = None, **headers: str) -> Any:
        """Send a referral; without `key` under a new one."""
        named = {"Idempotency-Key": key or str(uuid4()), **headers}
        return self.client.post(
            REFERRALS, BODY if body is None else body, content_type="application/json", headers=named
        )


def with_answers(**changes: Any) -> dict[str, Any]:
    """The body with some answers changed; None takes one away."""
    answers = {name: value for name, value in (ANSWERS | changes).items() if value is not None}
    return {**BODY, "answers": answers}
