"""Where a page leads its reader: no button is offered that is refused."""

from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import resolve

from agencies.permissions import Permission
from agencies.roles import RoleName
from tests.house.matrix.asking import DECLARED, Asked, House
from tests.house.matrix.policy import allowed, lines_of
from tests.house.matrix.records import house_of
from tests.house.matrix.relations import Relation
from tests.house.reading import name_of, tree

# What opens the pages themselves.
OPENING = {Permission.HOME_READ, Permission.REFERRAL_READ}
# What is opened in several ways is closed by as many permissions; who approves roles is led to those who propose them.
ANY_OF_SEVERAL = {"referrals:close-access", "agencies:administration"}


def ways(asked: Asked) -> Iterator[tuple[str, str]]:
    """Where the links and forms of a page lead, with the method."""
    page = tree(asked.answer.content)
    yield from (("GET", link.get("href")) for link in page.xpath("//a[starts-with(@href, '/')]"))
    yield from (("POST", form.get("action")) for form in page.xpath("//form[starts-with(@action, '/')]"))


def closed_ways(house: House, asked: Asked, role: RoleName) -> set[str]:
    """Those that no line opens to the reader: of a record where they stand to it so, of anything else at all."""
    return {f"{method} {name_of(way)}" for method, way in ways(asked) if _is_closed(house, method, way, role)}


def _is_closed(house: House, method: str, way: str, role: RoleName) -> bool:
    name = name_of(way)
    if not name or DECLARED[name] == "public":
        return False
    named = next(iter(resolve(urlsplit(way).path).kwargs.values()), None)
    stand = [*_stand(house, named, role)] if isinstance(named, UUID) else []
    if stand:
        return not any(allowed(name, method, role, each) for each in stand)
    return not any(role in line.who and method in line.methods for line in lines_of(name))


def _stand(house: House, named: UUID, role: RoleName) -> Iterator[Relation]:
    """How somebody in the role stands to the row of a record that is named; nothing for any other row."""
    mine = house.world.people[role].agencies[0].is_police
    for (where, relation), record in house.world.records.items():
        for (_of, side), row in record.rows.items() if where == house_of(role) else ():
            if row == named:
                other = side is not None and side != mine and relation in {Relation.HAS, Relation.ASSIGNED}
                yield Relation.BESIDE if other else relation


def needed_by(asked: Asked) -> set[Permission]:
    """What somebody must hold to go where a page leads."""
    names = {name_of(way) for _method, way in ways(asked)} - ANY_OF_SEVERAL
    return {each for name in names if isinstance(each := DECLARED.get(name), Permission)} - OPENING
