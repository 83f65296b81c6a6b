"""What somebody sends by POST who means it, address by address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agencies.models import User
from agencies.roles import RoleName
from tests.house.matrix.records import AREA, DESK, house_of
from tests.house.matrix.relations import Relation
from tests.house.matrix.world import WHY, World
from tests.referrals.api.calling import BODY
from tests.referrals.succeeding import NEXT
from triage.standard_file import EXAMPLE, read_standard

R = Relation


def _boss_of(world: World, role: str) -> User:
    """Somebody who works where the role does, and is named where anybody is."""
    boss = {AREA: RoleName.CTP_SUPERVISOR, DESK: RoleName.NATIONAL_DESK_SUPERVISOR}
    return world.colleagues[boss.get(house_of(role), RoleName.RESTRICTED_DESK_OFFICER)]


def _me(world: World, role: str) -> User:
    return world.people[RoleName(role)]


TO_WHOM: dict[str, Callable[[World, str], User]] = {
    "referrals:assign": _me,
    "referrals:hand-task": _me,
    "triage:name-owner": _boss_of,
    "triage:plan-action": _boss_of,
}


def filled_in(world: World, name: str, role: str, relation: Relation) -> dict[str, Any]:
    """What is sent by POST: what somebody sends who means it."""
    person = world.people[RoleName(role)]
    make: Callable[[], dict[str, Any]] = FORMS.get(name, dict)
    given = make() if name.startswith("api:") else {"reason": WHY, **make()}
    if name in TO_WHOM:
        given["to"] = str(TO_WHOM[name](world, role).pk)
    if name == "desk:ask":
        given["asked"] = str(world.far_lead.agencies[0].pk)
    if name == "referrals:offer":
        given["to"] = str(world.far_lead.agencies[0].pk)
    if name in {"referrals:share", "referrals:open-review"}:
        given["email"] = world.colleagues[RoleName.CTP_OFFICER].email
    if name in {"referrals:name", "referrals:exclude"}:
        given["user"] = str(person.pk)
    if name == "referrals:restrict":
        given["named"] = [str(user.pk) for user in world.colleagues.values()]
    if name == "triage:offer-practice":
        given |= {"step": "pnc", "words": WHY, "agency": str(person.agencies[0].pk)}
    record = world.records.get((house_of(role), relation))
    if name == "referrals:detach" and record:
        given["wrong"] = str(record.referral.person_id)
    if name in {"referrals:join", "referrals:emergency"}:
        given["reference"] = world.records[house_of(role), R.ELSEWHERE].referral.reference
    return given


def _ahead(name: str) -> dict[str, str]:
    """The next first of June."""
    year = timezone.localdate().year + (timezone.localdate().month >= 6)
    return {f"{name}-day": "1", f"{name}-month": "6", f"{name}-year": str(year)}


def _checked() -> dict[str, str]:
    """No step of the standards applied, for a reason."""
    said: dict[str, str] = {}
    for step in read_standard(EXAMPLE).steps:
        said |= {f"check-{step.code}": "not_applicable", f"check-{step.code}-not_applicable": WHY}
    return said


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("words.txt", b"Words")


FORMS: dict[str, Callable[[], dict[str, Any]]] = {
    "triage:sign-gateway": lambda: {"reason": WHY, "at_round": 1},
    "triage:return-gateway": lambda: {"reason": WHY, "at_round": 1},
    "triage:reopen-gateway": lambda: {"reason": WHY},
    "triage:answer-ownership": lambda: {"said": "accept"},
    "triage:write-plan": lambda: {"aims": WHY},
    "triage:plan-action": lambda: {"words": WHY, "contacts": "no", **_ahead("due_on")},
    "triage:close-planned": lambda: {"became": "done"},
    "triage:hold-review": lambda: {"found": WHY, "decision": "continue", **_ahead("next_on")},
    "triage:service-answer": lambda: {"said": "accepted", "reason": WHY},
    "triage:deconfliction": lambda: {
        "outcome": "hold",
        "instruction": WHY,
        **_ahead("review_on"),
        **_checked(),
    },
    "triage:add-step": lambda: {"moment": "gateway", "words": "Words"},
    "triage:step": lambda: {"moment": "deconfliction", "words": "Words"},
    "triage:move-step": lambda: {"to": "up"},
    "triage:publish-standard": lambda: {"note": WHY, **_ahead("in_force_from")},
    "triage:practice": lambda: {"said": "decline"},
    "desk:search": lambda: {"search": "Words"},
    "desk:person-name": lambda: {"kind": "alias", "name": "Zeb", "readers": "agency"},
    "desk:person-address": lambda: {"kind": "home", "postcode": "S70 2AB", "readers": "agency"},
    "desk:person-relationship": lambda: {"kind": "sibling", "name": "Halina", "readers": "agency"},
    "desk:person-contact": lambda: {
        "with_whom": "family",
        "day-day": "3",
        "day-month": "3",
        "day-year": "2026",
        "how": "visit",
        "maker": "Wren",
        "reached": "yes",
        "outcome": "Words",
        "readers": "agency",
    },
    "desk:person-telling": lambda: {
        "told": "yes",
        "whom": "person",
        "day-day": "3",
        "day-month": "3",
        "day-year": "2026",
        "how": "visit",
        "teller": "Wren",
        "notices": ["adult"],
        "language": "en",
        "readers": "agency",
    },
    "desk:person-whereabouts": lambda: {"kind": "back", "readers": "agency"},
    "desk:plan-contact": lambda: {
        "with_whom": "carer",
        "day-day": str((timezone.localdate() + timedelta(days=2)).day),
        "day-month": str((timezone.localdate() + timedelta(days=2)).month),
        "day-year": str((timezone.localdate() + timedelta(days=2)).year),
        "how": "visit",
        "maker": "Wren",
        "purpose": "Words",
        "readers": "agency",
    },
    "desk:ask": lambda: {
        "discloses": ["name"],
        "question": "Words",
        "need": "Words",
        "basis": "care",
        "confirmed": "true",
    },
    "desk:answer-request": lambda: {"words": "Words", "documents": _file()},
    "referrals:give-task": lambda: {"words": "Ring the school", "to": "team"},
    "referrals:ask-referrer": lambda: {"words": "Words"},
    "referrals:succeed-referrer": lambda: {**NEXT},
    "referrals:tell-referrer": lambda: {"words": "read"},
    "referrals:note": lambda: {"text": "Words", "readers": "agency"},
    "referrals:add-document": lambda: {"source": "The school", "documents": _file()},
    "referrals:detach": lambda: {"adult_or_child": "child", "given_names": "Somebody"},
    "referrals:join": lambda: {"kind": "duplicate"},
    "referrals:offer": lambda: {"cause": "moved"},
    "referrals:withdrawal": lambda: {"kind": "in_error", "told_how": "telephone"},
    "desk:match": lambda: {"said": "left_open"},
    "desk:match-asking": lambda: {"answer": "accepted"},
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
