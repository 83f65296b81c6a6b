"""What is over tells those alone of it whom policy.md names: what was finished, released, reviewed, rejected."""

from uuid import UUID

from django.urls import reverse

from tests.house.matrix.asking import READING, House
from tests.house.matrix.judging import betrayed, is_let_in
from tests.house.matrix.policy import allowed
from tests.house.matrix.records import AREA, RESTRICTED
from tests.house.matrix.relations import Relation
from tests.house.matrix.world import HUMAN

R = Relation
REVIEW = "referrals:emergency-review"
TOLD_AFTERWARDS = {
    "referrals.Task.outcome",
    "agencies.Restriction.release_reason",
    "referrals.NamedAccess.review",
    "referrals.Quarantined.reason",
}


def over(house: House, role: str) -> list[tuple[str, dict[str, UUID], Relation]]:
    """The pages about what is over, what their addresses name, and how somebody in the role stands to that."""
    released, reviewed = house.world.twins[RESTRICTED], house.world.records[AREA, R.HAS]
    return [
        (READING, {"referral_id": released.referral.pk}, house.world.stands_to(released, None, role)),
        (REVIEW, {"access_id": house.things.reviewed[reviewed]}, house.world.stands_to(reviewed, None, role)),
        ("referrals:quarantined", {"referral_id": house.things.rejected}, R.QUARANTINED),
    ]


def test_what_is_over_is_told_to_those_alone_whom_the_policy_names(house: House) -> None:
    wrong, told = list[str](), set[str]()
    for role in HUMAN:
        for name, named, relation in over(house, role):
            asked = house.ask_at(reverse(name, kwargs=named), name, "GET", role, relation)
            told |= {mark.field for mark in house.world.marks.found(asked.told)}
            where = f"{name} as {role}, {relation}"
            wrong += [f"{where}: shows {field}" for field in betrayed(house, role, relation, asked)]
            if line := allowed(name, "GET", role, relation):
                wrong += [f"{where}: {fault}" for fault in [is_let_in(line, "GET", asked.answer)] if fault]
            elif asked.answer.status_code != 404:
                wrong.append(f"{where}: {asked.answer.status_code}, not 404")
    assert not wrong, "\n".join(wrong)
    assert told >= TOLD_AFTERWARDS
