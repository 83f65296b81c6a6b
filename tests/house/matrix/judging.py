"""What is wrong with an answer: it refuses what the policy allows, allows what it refuses, or tells too much."""

from collections.abc import Iterator
from typing import Any

from agencies.roles import ROLES, RoleName
from tests.house.matrix.asking import BY_KEY, JSON, READING, Asked, House, arguments_of
from tests.house.matrix.policy import Line, allowed, lines_of, shown
from tests.house.matrix.records import SIDED, house_of
from tests.house.matrix.relations import Relation
from tests.house.matrix.ways import closed_ways
from tests.house.matrix.world import HUMAN

R = Relation
OF_A_RECORD = {*SIDED, "referral_id", "withdrawal_id", "succession_id", "join_id", "access_id", "person_id"}
KINDS = {"page": "text/html", "pdf": "application/pdf", "json": JSON, "file": "text/plain", "csv": "text/csv"}
# Whoever has no line at an address is refused before anything is looked for: by who they are, and on the record.
GATE = "_refuse_entry"
AT_THE_GATE = {
    "agencies_session", "agencies_user", "agencies_membership", "agencies_agency",
    "agencies_apikey", "agencies_apikeyuse", "audit_datakey", "audit_entry", "audit_payload",
}  # fmt: skip
NOT_THERE = ("/casework/sign-in/", "/casework/account/confirm/", "/casework/account/second-factor/?")
# By no other method is anything looked for, but by HEAD.
LOOKED_FOR = ("GET", "POST", "PUT")
# What a name on the page of a record tells is who had to do with it.
NOT_SO = 405
OF_STAFF = "agencies.User.name"


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
    expected = KINDS[line.answer]
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
    # Where nothing stands at any relation to somebody, they are refused what is absent.
    relations = relations_of(house, name, role) or [R.ABSENT]
    everywhere = full or role in representatives(name, method)
    if not everywhere or one_for_all(name, method, role):
        relations = [may_most(name, role, relations)]
    for relation in relations:
        asked = house.ask(name, method, role, relation)
        assert asked is not None
        where = f"{method} {name} as {role}, {relation}"
        if line := allowed(name, meant(name, method), role, relation):
            if fault := is_let_in(line, method, asked.answer):
                yield f"{where}: {fault}"
            yield from (f"{where}: shows {field}" for field in betrayed(house, role, relation, asked))
            if method == "GET" and asked.answer.headers.get("Content-Type", "").startswith("text/html"):
                yield from (f"{where}: leads to {way}" for way in closed_ways(house, asked, RoleName(role)))
        else:
            found = refused(house, name, method, role, relation, asked, compared=everywhere)
            yield from (f"{where}: {fault}" for fault in found)


def one_for_all(name: str, method: str, role: str) -> bool:
    """Whether one relation stands for all.

    Whoever has no line at the address of a record, or asks by a method that it does not take, is refused before
    anything is looked for: `refused` holds them to that. HEAD is looked for as GET is.
    """
    if method not in LOOKED_FOR:
        return True
    of_a_record = next(iter(arguments_of(name)), "") in OF_A_RECORD
    return of_a_record and not any(role in line.who for line in lines_of(name))


def meant(name: str, method: str) -> str:
    """HEAD asks for the headers of what GET gives; the API knows no HEAD."""
    return "GET" if method == "HEAD" and name not in BY_KEY else method


def refused(
    house: House, name: str, method: str, role: str, relation: Relation, asked: Asked, *, compared: bool
) -> Iterator[str]:
    """What tells a refusal from the answer about something absent."""
    mine = any(role in line.who for line in lines_of(name))
    offered = meant(name, method) in {each for line in lines_of(name) for each in line.methods}
    expected = NOT_SO if mine and not offered else 404
    if name in BY_KEY:
        expected = NOT_SO if not offered else 404 if mine else 403 if ROLES[role].for_systems else 401
    if asked.answer.status_code != expected:
        yield f"{asked.answer.status_code}, not {expected}"
        return
    if (not mine or expected == NOT_SO) and (looked := asked.tables - AT_THE_GATE):
        yield f"is refused only after a look into {looked}"
    if not mine and name not in BY_KEY and asked.refused_by != GATE:
        yield f"is refused by {asked.refused_by}, not at the gate"
    if expected == 404 and name not in BY_KEY and not asked.refused_by:
        yield "is refused off the record"
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


def betrayed(house: House, role: str, relation: Relation, asked: Asked) -> set[str]:
    """The personal fields in an answer that no line shows to the role, by what was written into them."""
    found = set()
    for mark in house.world.marks.found(asked.told):
        stands = mark.stands(role)
        at_hand = {stands, relation} if mark.field == OF_STAFF else {stands}
        if not any(shown(mark.field, role, each) for each in at_hand):
            found.add(f"{mark.field}, {stands}")
    return found


def is_known(name: str, role: str, relation: Relation) -> bool:
    """Whether the role may know that what is refused exists.

    Who reads a referral knows what stands beside it, and who opens a page knows what they may not do there.
    """
    if allowed(name, "GET", role, relation):
        return True
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
    """Everybody; to send something, of those whom no line names, one by turns: they did not get so far as the page.

    By any method but these two one of those whom a line names: what a page does not take it takes from nobody.
    """
    named = [role for role in HUMAN if any(role in line.who for line in lines_of(name))]
    if method not in {"GET", "POST"}:
        return named[:1]
    others = [role for role in HUMAN if role not in named]
    return HUMAN if method == "GET" or not others else [*named, others[len(name) % len(others)]]
