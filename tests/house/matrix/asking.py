"""Everybody's browser, and what comes back to it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from time import monotonic
from typing import Any
from unittest.mock import patch

from django.db import connection, transaction
from django.template import Template
from django.test import Client
from django.test.utils import override_settings
from django.urls import resolve, reverse
from django.utils import timezone

from agencies.access import ByKeyOnly
from agencies.models import Session
from agencies.permissions import Permission
from agencies.purposes import Purpose
from agencies.roles import ROLES, RoleName
from agencies.signin.proof import FRESH
from audit.agents import Agent
from audit.context import recording
from audit.models import Entry
from config.settings.apps import MIDDLEWARE
from referrals.actions.state_purpose import state_purpose
from referrals.actions.state_search_purpose import state_search_purpose
from tests.audit.acts import within
from tests.house.addresses import paths
from tests.house.matrix.forms import filled_in
from tests.house.matrix.marks import WORD
from tests.house.matrix.policy import allowed
from tests.house.matrix.records import NOW
from tests.house.matrix.relations import Relation
from tests.house.matrix.things import Things
from tests.house.matrix.world import WHY, World
from tests.house.one_of_each import signed_in
from tests.house.reading import name_of, undone

R = Relation
JSON = "application/json"
READING = "desk:referral"
PURPOSES = ("referrals:purpose", "referrals:search-purpose")  # whoever may read, says why, and goes on
LASTS = FRESH.total_seconds() / 2
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
# Every address by its full name. The shortest one of casework is the front door's where both stand.
ADDRESSES = {name_of(path): resolve(path) for path, _entry in paths(import_module("config.urls.both").urlpatterns)}
DECLARED = {name: getattr(found.func, "access", None) for name, found in ADDRESSES.items()}
SIGNED_IN = sorted(name for name, access in DECLARED.items() if isinstance(access, Permission))
BY_KEY = sorted(name for name, access in DECLARED.items() if isinstance(access, ByKeyOnly))


def arguments_of(name: str) -> dict[str, type]:
    """The names in the address and their kinds."""
    return {argument: type(value) for argument, value in ADDRESSES[name].kwargs.items()}


@dataclass
class Asked:
    """What came back, as far as whoever asks can tell it from something else."""

    answer: Any
    seen: tuple[Any, ...]
    statements: list[str]
    sent: str = ""
    refused_by: str = ""  # what said no, as it stands on the record

    @property
    def told(self) -> str:
        """What the answer says, without what was sent itself."""
        body, headers = self.seen[1:]
        said = f"{headers}{body.decode('utf-8', 'replace')}"
        return WORD.sub(lambda word: "" if word[0] in self.sent else word[0], said) if self.sent else said

    @property
    def tables(self) -> set[str]:
        """What was read and written for it."""
        return set(re.findall(r'(?:FROM|INTO|UPDATE|JOIN) "(\w+)"', " ".join(self.statements)))


class House:
    """The world, and everybody's browser."""

    def __init__(self) -> None:
        self.world = World()
        self.things = Things(self.world)
        self.browsers: dict[str, Client] = {}
        self.since: dict[str, float] = {}
        self.shut_out: dict[tuple[str, str], Client] = {}
        self.said_why: dict[str, set[str]] = defaultdict(set)
        self.relations: dict[tuple[str, str], list[Relation]] = {}
        self.absent: dict[tuple[str, str, str], Asked] = {}

    def browser(self, role: str) -> Client:
        """Signed in, past the first request, which renews the session, and with a second factor that is fresh."""
        if role not in self.browsers or self.since[role] < monotonic() - LASTS:
            self.since[role] = monotonic()
            if ROLES[role].for_systems:
                key = self.things.sender if role == RoleName.SENDING_SYSTEM else self.things.receiver
                self.browsers[role] = Client(headers={"Authorization": f"Bearer {key.text}"})
            else:
                person = self.world.people[RoleName(role)]
                self.browsers[role] = signed_in(person)
                self.browsers[role].get(reverse("agencies:account"))
                browser = self.world.word_of(person, "agencies.Session.browser")
                Session.objects.filter(session_key=self.browsers[role].session.session_key).update(browser=browser)
        return self.browsers[role]

    def left(self, role: str) -> Client:
        """The browser of somebody who was in the role until yesterday, and is signed in."""
        if ("left", role) not in self.shut_out:
            self.shut_out["left", role] = signed_in(self.world.former(role))
        return self.shut_out["left", role]

    def suspended(self, role: str) -> Client:
        """The browser of somebody in the role who was suspended while they were signed in."""
        if ("suspended", role) not in self.shut_out:
            user = self.world.someone(RoleName(role))
            self.shut_out["suspended", role] = signed_in(user)
            within(do=lambda: user.changed(is_active=False), by=Agent.OPERATOR, now=NOW)
        return self.shut_out["suspended", role]

    def ask(self, name: str, method: str, role: str, relation: Relation) -> Asked | None:
        """The answer, undone; None where nothing stands at the relation."""
        address = self.things.address(name, arguments_of(name), role, relation)
        return self.ask_at(address, name, method, role, relation) if address else None

    def ask_at(self, address: str, name: str, method: str, role: str, relation: Relation) -> Asked:
        """The answer at this address, which leads to something at the relation, undone.

        Wherever those in a role are asked why they look, they say so: once, and it stays, as in life for a day.
        """
        found = self._ask_once(address, name, method, role, relation)
        page = found.answer.headers.get("Location", "").partition("?")[0]
        if name in PURPOSES or name_of(page) not in PURPOSES or not self._say_why(role, page):
            return found
        return self.ask_at(address, name, method, role, relation)

    def _ask_once(self, address: str, name: str, method: str, role: str, relation: Relation) -> Asked:
        client = self.browser(role)
        given: dict[str, Any] = {}
        if method in {"POST", "PUT"}:
            given = {"data": filled_in(self.world, name, role, relation)}
            if name in BY_KEY:
                given |= {"content_type": JSON, "headers": {"Idempotency-Key": "once"}}
        with undone(client):
            if relation == R.ASSIGNED and allowed(READING, "GET", role, relation):
                self.world.assign(role)
            answer, statements = asked(client, method, address, given)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            refusals = Entry.objects.filter(kind=Entry.Kind.REFUSED).order_by("-id")
            refused_by = refusals.values_list("verb", flat=True).first() or ""
        headers = {k: v for k, v in answer.headers.items() if k != "X-Request-ID"}
        seen = (answer.status_code, _bare(body), headers)
        return Asked(answer, seen, statements, str(given) if given else "", refused_by)

    def _say_why(self, role: str, page: str) -> bool:
        """On the page that has asked those in the role; not twice."""
        if page in self.said_why[role]:
            return False
        self.said_why[role].add(page)
        person, of = self.world.people[RoleName(role)], resolve(page).kwargs
        said: dict[str, Any] = {"purpose": Purpose.WORKING, "words": WHY, "by": person, "now": timezone.now()}
        state_purpose(**of, **said) if of else state_search_purpose(**said)
        return True


def asked(client: Client, method: str, address: str, given: dict[str, Any]) -> tuple[Any, list[str]]:
    """The answer and the statements that it took, as they are before their values are put in."""
    statements: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        statements.append(_shape(sql))
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        answer = getattr(client, method.lower())(address, **given)
    return answer, statements


def _bare(body: bytes) -> bytes:
    """A page without what is different on every page."""
    return re.sub(rb'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"|urn:uuid:[0-9a-f-]*', b"", body)


@lru_cache(maxsize=10_000)
def _shape(sql: str) -> str:
    """A statement without its values."""
    sql = re.sub(r"'(?:[^']|'')*'(::\w+)?", "?", sql)
    return re.sub(r'"s\d+_x\d+"|\b\d+\b', "?", sql)


@contextmanager
def everybody() -> Iterator[House]:
    """Made once, in the house as it is in life; every request is undone.

    That a session is in use is not noted: which request does it is chance.
    """
    with transaction.atomic():
        unnoted = patch("config.middleware.idling.EVERY", float("inf"))
        plainly, as_in_life = patch.object(Template, "_render", _plainly), override_settings(MIDDLEWARE=MIDDLEWARE)
        with recording(by=Agent.OPERATOR), without_typesetting(), unnoted, plainly, as_in_life:
            yield House()
        transaction.set_rollback(True)


def _plainly(template: Template, context: Any) -> Any:
    """As in life: for tests Django keeps what every template was given, and a page here renders hundreds."""
    return template.nodelist.render(context)


@contextmanager
def without_typesetting() -> Iterator[None]:
    """The paper as it is given to the typesetter: how a PDF looks is another test's business."""
    with patch("documents.responses.typeset", lambda paper: b"%PDF " + repr(paper).encode()):
        yield
