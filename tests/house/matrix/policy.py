"""Reads the page that says who may see what."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.house.matrix.relations import Relation

PAGE = Path(__file__).with_name("policy.md")
ROW = re.compile(r"^\| (.+) \|$", re.MULTILINE)
# A line about an address, and one about a personal field, have so many cells.
OF_ADDRESS, OF_FIELD = 5, 3


@dataclass(frozen=True)
class Line:
    """One line: an address, methods, roles, relations, and what they get."""

    name: str
    methods: frozenset[str]
    who: frozenset[str]
    where: frozenset[Relation]
    answer: str
    fresh: bool

    def allows(self, method: str, role: str, relation: Relation) -> bool:
        """Whether the line says so."""
        there = relation in self.where or Relation.ANYTHING in self.where
        return method in self.methods and role in self.who and there


def rows(text: str) -> list[list[str]]:
    """The cells of every table."""
    return [[cell.strip() for cell in row.split(" | ")] for row in ROW.findall(text)]


@cache
def groups() -> dict[str, frozenset[str]]:
    """The roles of each group."""
    part = PAGE.read_text().partition("## The groups")[2].partition("\n## ")[0]
    return {
        name: frozenset(roles.replace("`", "").split())
        for name, roles in (row for row in rows(part)[2:] if len(row) == 2)
    } | {
        "anybody": frozenset({"anybody"}),
        "nobody": frozenset(),
    }


def _table(cells: int, heading: str) -> list[list[str]]:
    """The rows of tables with so many cells, without their headings."""
    return [row for row in rows(PAGE.read_text()) if len(row) == cells and row[0] not in {heading, "---"}]


def _roles(who: str) -> frozenset[str]:
    return frozenset[str]().union(*(groups()[group] for group in who.split(", ")))


def _relations(where: str) -> frozenset[Relation]:
    return frozenset(map(Relation, where.split(", ")))


@cache
def lines() -> tuple[Line, ...]:
    """Every line that allows something at an address."""
    return tuple(
        Line(
            name.strip("`"),
            frozenset(methods.split(", ")),
            _roles(who),
            _relations(where),
            answer.removesuffix(" fresh"),
            answer.endswith(" fresh"),
        )
        for name, methods, who, where, answer in _table(OF_ADDRESS, "address")
    )


@cache
def fields() -> dict[str, list[Line]]:
    """Every line about a personal field, by the field's full name."""
    found: dict[str, list[Line]] = {}
    for name, who, where in _table(OF_FIELD, "field"):
        field = name.strip("`")
        line = Line(field, frozenset({"shown"}), _roles(who), _relations(where), "", fresh=False)
        found.setdefault(field, []).append(line)
    return found


def shown(field: str, role: str, relation: Relation) -> bool:
    """Whether a line shows the field to the role."""
    return any(line.allows("shown", role, relation) for line in fields()[field])


@cache
def lines_of(name: str) -> tuple[Line, ...]:
    """The lines about one address."""
    return tuple(line for line in lines() if line.name == name)


def allowed(name: str, method: str, role: str, relation: Relation) -> Line | None:
    """The line that allows it; None: it is refused."""
    return next((line for line in lines_of(name) if line.allows(method, role, relation)), None)
