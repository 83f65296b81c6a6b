"""A page shows its reader no way that the policy closes to them, nor one that goes with a permission they lost.

What any page shows to those who may open it, the matrix asks (`judging.faults`); here are those that show the most.
"""

from itertools import product

import pytest

from agencies.permissions import Permission
from agencies.roles import RoleName
from tests.agencies.administering import lessened
from tests.house.matrix.asking import READING, House
from tests.house.matrix.judging import relations_of
from tests.house.matrix.policy import allowed
from tests.house.matrix.ways import closed_ways, needed_by, ways
from tests.house.matrix.world import HUMAN

HOME = "desk:home"


@pytest.mark.parametrize("role", HUMAN)
def test_no_button_on_a_referral_or_on_the_first_page_leads_where_its_reader_may_not_go(
    house: House, role: RoleName
) -> None:
    wrong, seen = list[str](), 0
    for page in (READING, HOME):
        for relation in relations_of(house, page, role):
            if allowed(page, "GET", role, relation):
                asked = house.ask(page, "GET", role, relation)
                assert asked is not None
                seen += len([*ways(asked)])
                wrong += [f"{page} as {role}, {relation}: {way}" for way in sorted(closed_ways(house, asked, role))]
    assert seen
    assert not wrong, "\n".join(wrong)


def test_whoever_loses_a_permission_loses_the_ways_that_need_it(house: House) -> None:
    wrong, lost = list[str](), set[tuple[str, Permission]]()
    for page, role in product((READING, HOME), HUMAN):
        relation = next((each for each in relations_of(house, page, role) if allowed(page, "GET", role, each)), None)
        asked = house.ask(page, "GET", role, relation) if relation else None
        for each in needed_by(asked) if asked else ():
            if relation and (page, each) not in lost:
                lost.add((page, each))
                with lessened(role, each):
                    without = house.ask(page, "GET", role, relation)
                assert without
                wrong += [f"{page} as {role} leads on without {each}"] if each in needed_by(without) else []
    assert len(lost) > 20
    assert not wrong, "\n".join(wrong)
