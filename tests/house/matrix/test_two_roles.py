"""What a role opens in one agency it opens in no other: somebody with two roles is refused what neither opens there."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from unittest.mock import patch

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from agencies.models import Agency, Membership
from agencies.roles import ROLES, RoleName
from audit.agents import Agent
from tests.audit.acts import within
from tests.house.matrix.asking import SIGNED_IN, House, arguments_of
from tests.house.matrix.judging import OF_A_RECORD
from tests.house.matrix.policy import allowed
from tests.house.matrix.records import NOW
from tests.house.matrix.relations import Relation
from tests.house.matrix.world import HUMAN

R = Relation
# Who reads referrals here and may do little else; who comes to see none.
HERE = (RoleName.CTP_OFFICER, RoleName.AUTHORITY_LEAD, RoleName.ALLEGATIONS_OFFICER, RoleName.PRIVACY_OFFICER)
OF_AN_AGENCY = {*OF_A_RECORD, "agency_id", "membership_id", "absence_id", "user_id"}
AT = (R.HAS, R.NAMED)


def far_agency(house: House, role: RoleName) -> Agency | None:
    """An agency far away at which somebody may have the role."""
    far = (house.world.far_police.agencies[0], house.world.far_lead.agencies[0])
    return next((each for each in far if each.kind in ROLES[role].agency_kinds), None)


@contextmanager
def also(house: House, role: RoleName, *, has: RoleName, at: Agency) -> Iterator[None]:
    """While it lasts, whoever is in a role here is in another one elsewhere."""
    house.browser(role)  # a session that begins below would be undone
    person = house.world.people[role]
    row = Membership(user=person, agency=at, role=has, starts_on=localdate(NOW))
    said = patch.dict(house.said_why, {role: set(house.said_why[role])})
    with transaction.atomic(), said:
        within(do=partial(row.save, force_insert=True), by=Agent.OPERATOR, now=NOW)
        yield
        transaction.set_rollback(True)


def opened_elsewhere(house: House, name: str) -> Iterator[tuple[RoleName, RoleName, Agency, str, Relation]]:
    """Who is refused at an address, and in which second role they would not be if they had it here.

    Where GET leads to another page, nothing is looked for.
    """
    for method, role, relation in ((m, r, at) for m in ("GET", "POST") for r in HERE for at in AT):
        if allowed(name, method, role, relation):
            continue
        for has in HUMAN:
            at = far_agency(house, has)
            line = allowed(name, method, has, relation)
            if has != role and at and line and line.answer != "redirect":
                yield role, has, at, method, relation
                break


@pytest.mark.parametrize("name", [each for each in SIGNED_IN if OF_AN_AGENCY & set(arguments_of(each))])
def test_a_second_role_elsewhere_opens_nothing_here(house: House, name: str) -> None:
    wrong = []
    for role, has, at, method, relation in opened_elsewhere(house, name):
        with also(house, role, has=has, at=at):
            asked = house.ask(name, method, role, relation)
        if asked and (asked.answer.status_code, asked.refused_by != "") != (404, True):
            wrong.append(f"{method} {name} as {role} and {has} elsewhere, {relation}: {asked.answer.status_code}")
    assert not wrong, "\n".join(wrong)
