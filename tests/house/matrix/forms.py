"""What somebody sends by POST who means it, address by address."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.roles import RoleName
from tests.house.matrix.records import house_of
from tests.house.matrix.relations import Relation
from tests.house.matrix.world import WHY, World
from tests.referrals.api.calling import BODY

R = Relation


def filled_in(world: World, name: str, role: str, relation: Relation) -> dict[str, Any]:
    """What is sent by POST: what somebody sends who means it."""
    person = world.people[RoleName(role)]
    make: Callable[[], dict[str, Any]] = FORMS.get(name, dict)
    given = make() if name.startswith("api:") else {"reason": WHY, **make()}
    if name == "referrals:assign":
        given["to"] = str(person.pk)
    if name == "referrals:offer":
        given["to"] = str(world.far_lead.agencies[0].pk)
    if name in {"referrals:share", "referrals:open-review"}:
        given["email"] = world.colleagues[RoleName.CTP_OFFICER].email
    if name in {"referrals:name", "referrals:exclude"}:
        given["user"] = str(person.pk)
    if name == "referrals:restrict":
        given["named"] = [str(user.pk) for user in world.colleagues.values()]
    record = world.records.get((house_of(role), relation))
    if name == "referrals:detach" and record:
        given["wrong"] = str(record.referral.person_id)
    if name in {"referrals:join", "referrals:emergency"}:
        given["reference"] = world.records[house_of(role), R.ELSEWHERE].referral.reference
    return given


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("words.txt", b"Words")


FORMS: dict[str, Callable[[], dict[str, Any]]] = {
    "referrals:note": lambda: {"text": "Words", "readers": "agency"},
    "referrals:add-document": lambda: {"source": "The school", "documents": _file()},
    "referrals:detach": lambda: {"adult_or_child": "child", "given_names": "Somebody"},
    "referrals:join": lambda: {"kind": "duplicate"},
    "referrals:withdrawal": lambda: {"kind": "in_error", "told_how": "telephone"},
    "referrals:decide": lambda: {"go_on": "yes"},
    "referrals:share": lambda: {"days": "5"},
    "referrals:open-review": lambda: {"days": "5"},
    "referrals:emergency": lambda: {"minutes": "15"},
    "referrals:emergency-review": lambda: {"justified": "yes"},
    "referrals:quarantine-group": lambda: {"outcome": "released"},
    "referrals:quarantined": lambda: {"outcome": "released"},
    "agencies:revoke-key": lambda: {"why": "Lost"},
    "agencies:target": lambda: {"default": "yes"},
    "api:send": lambda: BODY,
    "api:link": lambda: {"case_number": "C-2", "status": "open"},
}
