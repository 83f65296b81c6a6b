"""A page shows its reader no way that the policy closes to them: no button is offered that is refused."""

from collections.abc import Iterator

import pytest
from django.urls import resolve

from agencies.roles import RoleName
from tests.house.matrix.asking import DECLARED, READING, Asked, House
from tests.house.matrix.judging import relations_of
from tests.house.matrix.policy import allowed, lines_of
from tests.house.matrix.records import house_of
from tests.house.matrix.relations import Relation
from tests.house.matrix.world import HUMAN
from tests.house.reading import name_of, tree

HOME = "desk:home"


def ways(asked: Asked) -> Iterator[tuple[str, str]]:
    """Where the links and forms of a page lead, with the method."""
    page = tree(asked.answer.content)
    yield from (("GET", link.get("href")) for link in page.xpath("//a[starts-with(@href, '/')]"))
    yield from (("POST", form.get("action")) for form in page.xpath("//form[starts-with(@action, '/')]"))


def is_closed(house: House, method: str, way: str, role: RoleName, relation: Relation) -> bool:
    """Whether no line opens a way to the reader: of this record where they stand to it so, of anything else at all."""
    name = name_of(way)
    if not name or DECLARED[name] == "public":
        return False
    named = next(iter(resolve(way.partition("?")[0].partition("#")[0]).kwargs.values()), None)
    record = house.world.records.get((house_of(role), relation))
    if record and named in record.rows.values():
        return not any(allowed(name, method, role, each) for each in (relation, Relation.BESIDE))
    return not any(role in line.who and method in line.methods for line in lines_of(name))


@pytest.mark.parametrize("role", HUMAN)
def test_no_button_on_a_referral_or_on_the_first_page_leads_where_its_reader_may_not_go(
    house: House, role: RoleName
) -> None:
    wrong, seen = set[str](), 0
    for page in (READING, HOME):
        for relation in relations_of(house, page, role):
            if allowed(page, "GET", role, relation):
                asked = house.ask(page, "GET", role, relation)
                assert asked is not None
                for method, way in ways(asked):
                    seen += 1
                    if is_closed(house, method, way, role, relation):
                        wrong.add(f"{page} as {role}, {relation}: {method} {name_of(way)}")
    assert seen
    assert not wrong, "\n".join(sorted(wrong))
