"""Every address, by every method, as every role, at every relation to what it names: what policy.md says, no more.

What is refused is the page of something that does not exist: same status, body, headers and statements.
`make test` asks one role of each kind at every relation, and every role where a role of its kind may most;
`make test-full` asks everybody everywhere.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from time import time
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from pytest_django.plugin import DjangoDbBlocker

from agencies.access import ByKeyOnly
from agencies.models import User
from agencies.permissions import Permission
from agencies.purposes import Purpose
from agencies.roles import ROLES, RoleName
from audit.agents import Agent
from audit.context import recording
from tests.audit.acts import within
from tests.house.addresses import paths
from tests.house.matrix.policy import Line, allowed, fields, groups, lines, lines_of
from tests.house.matrix.relations import Relation
from tests.house.matrix.things import Things, filled_in
from tests.house.matrix.world import HUMAN, NOW, SIDED, WHY, World, house_of
from tests.house.one_of_each import signed_in
from tests.house.reading import name_of, undone
from tests.house.rooms import our_models

R = Relation
OF_A_RECORD = {*SIDED, "referral_id", "withdrawal_id", "join_id", "access_id"}
JSON = "application/json"
PURPOSES = ("referrals:purpose", "referrals:search-purpose")  # whoever may read, says why, and goes on
# Whoever has no line at an address is refused before anything is looked for: by who they are, and on the record.
AT_THE_GATE = {
    "agencies_session", "agencies_user", "agencies_membership", "agencies_agency",
    "agencies_apikey", "agencies_apikeyuse", "audit_datakey", "audit_entry", "audit_payload",
}  # fmt: skip
READING = "desk:referral"
AN_HOUR = 3600
# They ask by themselves: whoever has a second factor answers it before another one is set up.
BEFORE_FACTORS = ("agencies:set-up", "agencies:set-up-app", "agencies:set-up-passkey")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
NOT_THERE = ("/casework/sign-in/", "/casework/account/confirm/", "/casework/account/second-factor/?")


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
        self.suspended = signed_in(self.world.someone(RoleName.CTP_OFFICER))
        user = User.objects.get(pk=self.suspended.session["_auth_user_id"])
        within(do=lambda: user.changed(is_active=False), by=Agent.OPERATOR, now=NOW)
        self.left: dict[str, Client] = {}
        self.relations: dict[tuple[str, str], list[Relation]] = {}
        self.absent: dict[tuple[str, str, str], Asked] = {}

    def browser(self, role: str) -> Client:
        """Signed in, and past the first request, which renews the session."""
        if role not in self.browsers:
            if ROLES[role].for_systems:
                key = self.things.sender if role == RoleName.SENDING_SYSTEM else self.things.receiver
                self.browsers[role] = Client(headers={"Authorization": f"Bearer {key.text}"})
            else:
                self.browsers[role] = signed_in(self.world.people[RoleName(role)])
                self.browsers[role].get(reverse("agencies:account"))
        return self.browsers[role]

    def former(self, role: str) -> Client:
        """Somebody who was in the role until yesterday, and is signed in."""
        if role not in self.left:
            self.left[role] = signed_in(self.world.former(role))
        return self.left[role]

    def ask(self, name: str, method: str, role: str, relation: Relation) -> Asked | None:
        """The answer, undone; None where nothing stands at the relation."""
        address = self.things.address(name, arguments_of(name), role, relation)
        if address is None:
            return None
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
            if answer.status_code == 302 and name_of(answer["Location"]) in PURPOSES and name not in PURPOSES:
                client.post(answer["Location"], {"purpose": Purpose.WORKING, "words": WHY})
                answer, statements = asked(client, method, address, given)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        headers = {k: v for k, v in answer.headers.items() if k != "X-Request-ID"}
        return Asked(answer, (answer.status_code, _bare(body), headers), statements)


def asked(client: Client, method: str, address: str, given: dict[str, Any]) -> tuple[Any, list[str]]:
    """The answer and the statements that it took."""
    connection.queries_log.clear()  # it keeps no more than 9,000
    with CaptureQueriesContext(connection) as captured:
        answer = getattr(client, method.lower())(address, **given)
    return answer, [_shape(query["sql"]) for query in captured]


def _bare(body: bytes) -> bytes:
    """A page without what is different on every page."""
    return re.sub(rb'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"|urn:uuid:[0-9a-f-]*', b"", body)


def _shape(sql: str) -> str:
    """A statement without its values."""
    sql = re.sub(r"'(?:[^']|'')*'(::\w+)?", "?", sql)
    return re.sub(r'"s\d+_x\d+"|\b\d+\b', "?", sql)


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Made once; every request is undone. That a session is in use is not noted: which request does it is chance."""
    with django_db_blocker.unblock(), transaction.atomic():
        with recording(by=Agent.OPERATOR), without_typesetting(), patch("config.middleware.idling.EVERY", float("inf")):
            yield House()
        transaction.set_rollback(True)


@contextmanager
def without_typesetting() -> Iterator[None]:
    """The paper as it is given to the typesetter: how a PDF looks is another test's business."""
    with patch("documents.responses.typeset", lambda paper: b"%PDF " + repr(paper).encode()):
        yield


def is_let_in(line: Line, method: str, answer: Any) -> str:
    """What is the matter with an answer to somebody who is allowed; empty for nothing."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    if answer.status_code == 302 and answer["Location"].startswith(NOT_THERE):
        return f"led to {answer['Location']}"
    if answer.status_code == 409 and line.answer in {"page", "done", "file"}:
        return ""  # who may, may not now
    if line.answer == "redirect":
        return "" if answer.status_code == 302 else f"{answer.status_code}, no redirect"
    if line.answer == "done" or method == "POST":
        fine = {200, 201, 302, 422} if line.answer == "json" else {200, 302}
        return "" if answer.status_code in fine else f"{answer.status_code}"
    expected = {"page": "text/html", "pdf": "application/pdf", "json": JSON, "file": "text/plain"}[line.answer]
    return "" if (answer.status_code, kind) == (200, expected) else f"{answer.status_code} {kind}, not {expected}"


def relations_of(house: House, name: str, role: str) -> list[Relation]:
    """The relations at which there is something, in the order of the words."""
    arguments = arguments_of(name)
    if set(arguments.values()) <= {str}:
        return [R.ANYTHING]
    if (name, role) not in house.relations:
        known = [each for each in R if each not in {R.ANYTHING, R.ABSENT}]
        house.relations[name, role] = [each for each in known if house.things.address(name, arguments, role, each)]
    return house.relations[name, role]


def may_most(name: str, role: str, relations: list[Relation]) -> Relation:
    """The relation at which a role is allowed, or would be if it were another."""
    for relation in relations:
        if any(relation in line.where for line in lines_of(name)):
            return relation
    return relations[0]


def faults(house: House, name: str, method: str, role: str, *, full: bool) -> Iterator[str]:
    """What is not as the policy says, for one role at one address."""
    relations = relations_of(house, name, role)
    everywhere = full or role in representatives(name, method)
    for relation in relations if everywhere or not relations else [may_most(name, role, relations)]:
        asked = house.ask(name, method, role, relation)
        assert asked is not None
        where = f"{method} {name} as {role}, {relation}"
        if line := allowed(name, meant(name, method), role, relation):
            if fault := is_let_in(line, method, asked.answer):
                yield f"{where}: {fault}"
            yield from (f"{where}: shows {field}" for field in betrayed(house, role, asked.seen[1]))
        else:
            found = refused(house, name, method, role, relation, asked, compared=everywhere)
            yield from (f"{where}: {fault}" for fault in found)


def meant(name: str, method: str) -> str:
    """HEAD asks for the headers of what GET gives; the API knows no HEAD."""
    return "GET" if method == "HEAD" and name not in BY_KEY else method


def refused(
    house: House, name: str, method: str, role: str, relation: Relation, asked: Asked, *, compared: bool
) -> Iterator[str]:
    """What tells a refusal from the answer about something absent."""
    mine = any(role in line.who for line in lines_of(name))
    offered = meant(name, method) in {each for line in lines_of(name) for each in line.methods}
    expected = 405 if mine and not offered else 404
    if name in BY_KEY:
        expected = 405 if not offered else 404 if mine else 403 if ROLES[role].for_systems else 401
    if asked.answer.status_code != expected:
        yield f"{asked.answer.status_code}, not {expected}"
        return
    if not mine and (looked := asked.tables - AT_THE_GATE):
        yield f"is refused only after a look into {looked}"
    if set(arguments_of(name).values()) <= {str} or not compared:
        return
    key = (name, method, role)
    if key not in house.absent:
        nothing = house.ask(name, method, role, R.ABSENT)
        assert nothing is not None
        house.absent[key] = nothing
    if asked.seen != house.absent[key].seen:
        yield "looks different from what is absent"
    if asked.statements != house.absent[key].statements and not is_known(name, role, relation):
        yield f"other statements than for what is absent: {difference(asked, house.absent[key])}"


def betrayed(house: House, role: str, body: bytes) -> set[str]:
    """The personal fields in an answer that no line shows to the role, by what was written into them."""
    found = set()
    for word, field in re.findall(r"(Zq[0-9a-f]{10})_(\w+?_\w+?_\w+?)_(?![a-z])", body.decode("utf-8", "replace")):
        relation = house.world.relation_to(word, role)
        name = field.replace("_", ".", 2)
        if not fields()[name].allows("shown", role, relation):
            found.add(f"{name}, {relation}")
    return found


def is_known(name: str, role: str, relation: Relation) -> bool:
    """Whether the role may know that what is refused exists: who reads a referral knows what stands beside it."""
    first = next(iter(arguments_of(name)))
    if first == "agency_id" or relation == R.OWN:
        return True
    if first in OF_A_RECORD:
        return allowed(READING, "GET", role, R.HAS if relation == R.BESIDE else relation) is not None
    return relation == R.HAS


def difference(one: Asked, other: Asked) -> str:
    """The first statement that is different."""
    pairs = zip([*one.statements, ""], [*other.statements, ""], strict=False)
    return next(
        (f"{len(one.statements)}/{len(other.statements)} {a[:300]} | {b[:300]}" for a, b in pairs if a != b), ""
    )


def representatives(name: str, method: str) -> set[str]:
    """Who is asked everywhere in `make test`: of those on the lines one for each house, who take turns.

    Whether a referral is read is asked of every house; of what is done with it by turns, from address to address.
    """
    on_lines = sorted({role for line in lines_of(name) if method in line.methods for role in line.who})
    each = sorted({house_of(role): role for role in reversed(on_lines)}.values())
    return set(each) if name == READING else set(each[len(name) % len(each) :][:1]) if each else set()


def who_is_asked(name: str, method: str) -> list[RoleName]:
    """Everybody; to send something, of those whom no line names, one by turns: they did not get so far as the page."""
    named = [role for role in HUMAN if any(role in line.who for line in lines_of(name))]
    others = [role for role in HUMAN if role not in named]
    return HUMAN if method == "GET" or not others else [*named, others[len(name) % len(others)]]


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    assert {line.name for line in lines()} == {*ADDRESSES, "casework"}


def test_every_role_is_in_the_groups() -> None:
    assert groups()["everybody"] == set(HUMAN)
    assert set().union(*groups().values()) == set(RoleName) | {"anybody"}


def test_every_personal_field_has_a_line() -> None:
    models: list[Any] = our_models()
    assert set(fields()) == {f"{model._meta.label}.{each}" for model in models for each in model.Privacy.personal}


@pytest.mark.parametrize("name", BY_KEY)
def test_the_policy_decides_about_systems_and_no_session_opens_what_is_theirs(house: House, name: str) -> None:
    wrong: list[str] = []
    for method in METHODS:
        for role in RoleName:
            wrong += faults(house, name, method, role, full=ROLES[role].for_systems)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", SIGNED_IN)
def test_whoever_is_not_signed_in_is_led_to_the_sign_in(house: House, name: str) -> None:
    address = house.things.address(name, arguments_of(name), RoleName.CTP_OFFICER, R.ABSENT)
    for client, methods in ((Client(), METHODS), (house.suspended, ("GET",))):
        for method in methods:
            answer = getattr(client, method.lower())(address)
            assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={address}")


def who_has_left(house: House, name: str) -> set[int]:
    """What somebody is answered who was in a role of the address until yesterday."""
    role = min(role for line in lines_of(name) for role in line.who)
    relation = may_most(name, role, relations_of(house, name, role))
    address = house.things.address(name, arguments_of(name), role, relation)
    with undone(house.former(role)):
        return {getattr(house.former(role), method.lower())(address).status_code for method in ("GET", "POST")}


@pytest.mark.parametrize("name", SIGNED_IN)
def test_whoever_has_left_finds_nothing(house: House, name: str) -> None:
    assert who_has_left(house, name) == {404}


def not_fresh(house: House, name: str) -> list[Line]:
    """The lines of an address that ask for the second factor otherwise than they say."""
    found = []
    for line in lines_of(name):
        role, method = min(line.who), min(line.methods)
        relation = next(each for each in relations_of(house, name, role) if line.allows(method, role, each))
        house.browser(role)  # has signed in now
        with patch("agencies.signin.proof.time.time", lambda: time() + AN_HOUR):
            asked = house.ask(name, method, role, relation)
        assert asked is not None
        asks = asked.answer.status_code == 302 and asked.answer["Location"].startswith(reverse("agencies:confirm"))
        found += [line] if asks is not (line.fresh or name in BEFORE_FACTORS) else []
    return found


@pytest.mark.parametrize("name", SIGNED_IN)
def test_the_second_factor_must_be_fresh_where_a_line_says_so(house: House, name: str) -> None:
    assert not not_fresh(house, name)


@pytest.mark.parametrize("name", SIGNED_IN)
def test_the_policy_decides(house: House, name: str) -> None:
    wrong: list[str] = []
    for method in ("GET", "POST"):
        for role in who_is_asked(name, method):
            wrong += faults(house, name, method, role, full=False)
    assert not wrong, "\n".join(wrong)


@pytest.mark.full
@pytest.mark.parametrize("name", SIGNED_IN)
def test_the_policy_decides_about_everybody_everywhere(house: House, name: str) -> None:
    wrong = [each for method in METHODS for role in HUMAN for each in faults(house, name, method, role, full=True)]
    assert not wrong, "\n".join(wrong)
