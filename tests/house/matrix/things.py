"""What addresses name besides a referral: agencies, colleagues, mail, keys, drafts; and what is filled in."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.actions.connect_system import connect_system
from agencies.actions.send_notice import send_notice
from agencies.models import Absence, Agency, Membership, NoticeKind, Session, User
from agencies.permissions import Permission, can
from agencies.purposes import Purpose
from agencies.roles import RoleName
from agencies.scopes import Scope
from audit.agents import Agent
from audit.models import Handling
from documents.actions.ask_for_export import ask_for_export
from referrals.actions.link_dispatch import link_dispatch
from referrals.holding import Holder
from referrals.models import AccessKind, Flood, Quarantined, Referral
from referrals.questions.shapes import WORK
from tests.agencies.administering import given
from tests.agencies.hearing import endpoint_at, event_for
from tests.audit.acts import within
from tests.house.matrix.relations import Relation
from tests.house.matrix.world import AREA, COUNCIL, NOW, WHY, World, house_of
from tests.house.one_of_each import signed_in
from tests.making import dispatch_to_authority, submitted
from tests.referrals.answering import full
from tests.referrals.api.calling import BODY, Caller, agency_key, partner_key
from tests.referrals.drafting import begun
from tests.referrals.writing import many, scripted

R = Relation
UNKNOWN_NUMBER = 999_999_999


class Things:
    """One of each; `id_of` says what stands in an address."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.made: dict[Any, Any] = {}
        self.far_agency = world.far_lead.agencies[0]
        self._flood()
        self._systems()
        self._mail()
        for role in world.colleagues:
            self._absences(role)
            self._drafts(role)
        self._emergencies()
        self._proposals()
        self._exports()

    def _put(self, name: str, role: str, relation: Relation, pk: Any) -> None:
        self.made[name, role, relation] = pk

    def _flood(self) -> None:
        with patch("referrals.actions.judge_likeness.PASS", 2):
            for each in many(scripted, 4):
                submitted(each, now=NOW)
        self.held = Quarantined.objects.latest("held_at")
        self.flood = Flood.objects.get(pk=self.held.flood_id)

    def _systems(self) -> None:
        self.sender, self.receiver = partner_key(), agency_key(Agency.objects.get(code=COUNCIL), [*Scope])
        self.world.people |= {
            RoleName.SENDING_SYSTEM: self.sender.key.system,
            RoleName.RECEIVING_SYSTEM: self.receiver.key.system,
        }
        self.endpoint, _secret = endpoint_at("https://systems.example/none")
        self.delivery = event_for(self.endpoint)
        within(
            do=partial(self.delivery.changed, dead=NOW, attempts=20, last_error="OSError"), by=Agent.MESSENGER, now=NOW
        )
        self.handling = Handling.objects.latest("due")
        Handling.objects.filter(pk=self.handling.pk).update(dead=NOW, attempts=20, last_error="OSError")
        system = self.receiver.key.system
        for relation in (R.HAS, R.ASSIGNED):
            dispatch = dispatch_to_authority(self.world.records[AREA, relation].referral)
            link_dispatch(dispatch_id=dispatch.pk, case_number="C-1", status="open", by=system, now=NOW)

        for relation, made_by in ((R.OWN, self.world.people), (R.ELSEWHERE, self.world.colleagues)):
            by = made_by[RoleName.SYSTEM_ADMINISTRATOR]
            asked: dict[str, Any] = {"name": f"Casebook {relation}", "scopes": [Scope.RECEIVE]}
            made = connect_system(agency_id=self.far_agency.pk, **asked, by=by, now=NOW)
            self.made["unapproved", relation] = made.key.pk
        self.sent = {
            role: UUID(Caller(key).send().json()["id"])
            for role, key in ((RoleName.SENDING_SYSTEM, self.sender), (RoleName.RECEIVING_SYSTEM, self.receiver))
        }

    def _mail(self) -> None:
        for role, person in self.world.people.items():
            theirs = person.agencies[0]
            about = {R.HAS: uuid4(), R.ELSEWHERE: uuid4()}
            for wall in (R.RESTRICTED, R.NAMED, R.EXCLUDED):
                record = self.world.records.get((house_of(role), wall))
                about |= {wall: record.referral.pk} if record else {}
            for relation, row in about.items():
                agency = self.far_agency if relation == R.ELSEWHERE else theirs
                self._put("notice_id", role, relation, self._dead(agency, row))

    def _dead(self, agency: Agency, about: UUID) -> UUID:
        notice = send_notice(
            kind=NoticeKind.NEW_REFERRAL, about=about, agency=agency, address="desk@agencies.example",
            details={"reference": "K7QM-3XWP", "link": "https://casework.example/x/"}, once=str(uuid4()),
            by=Agent.MESSENGER, now=NOW,
        )  # fmt: skip
        within(do=partial(notice.changed, dead=NOW, attempts=20, last_error="OSError"), by=Agent.MESSENGER, now=NOW)
        return notice.pk

    def _absences(self, role: str) -> None:
        person, colleague = self.world.people[RoleName(role)], self.world.colleagues[RoleName(role)]
        far = self.world.far_lead
        for relation, away, cover in (
            (R.OWN, person, colleague),
            (R.HAS, colleague, person),
            (R.ELSEWHERE, far, person),
        ):
            row = Absence(
                user=away, cover=cover, agency=away.agencies[0], starts_on=NOW.date(),
                ends_on=NOW.date() + timedelta(days=3), arranged_at=NOW, arranged_by=away,
            )  # fmt: skip
            within(do=partial(row.save, force_insert=True), by=Agent.OPERATOR, now=NOW)
            self._put("absence_id", role, relation, row.pk)
        for relation, user in ((R.OWN, person), (R.HAS, colleague), (R.ELSEWHERE, far)):
            self._put("membership_id", role, relation, Membership.objects.get(user=user).pk)
            self._put("user_id", role, relation, user.pk)

    def _drafts(self, role: str) -> None:
        mine, theirs = self.world.people[RoleName(role)], self.world.colleagues[RoleName(role)]
        for relation, by in ((R.OWN, mine), (R.HAS, theirs), (R.ELSEWHERE, self.world.far_lead)):
            if not can(by, Permission.REFERRAL_ENTER):
                continue
            draft = begun(Holder(by), {**full(WORK), "danger": "no", "entry": "telephone"})
            self._put("draft_id", role, relation, draft.pk)

    def _proposals(self) -> None:
        """What the administrator has proposed, and what another one has."""
        who = self.world.colleagues[RoleName.PANEL_MEMBER]
        mine, another = (each[RoleName.SYSTEM_ADMINISTRATOR] for each in (self.world.people, self.world.colleagues))
        for relation, by, role in (
            (R.OWN, mine, RoleName.AUTHORITY_LEAD),
            (R.ELSEWHERE, another, RoleName.CHANNEL_COORDINATOR),
        ):
            proposed = given(who, role, by=by).pk
            for each in self.world.colleagues:
                self._put("proposal_id", each, relation, proposed)

    def _exports(self) -> None:
        """One of everybody who may have one, and another's."""
        another = self._export(self.world.far_lead)
        for role, person in self.world.people.items():
            if can(person, Permission.EXPORT_MAKE):
                self._put("export_id", role, R.OWN, self._export(person))
            self._put("export_id", role, R.ELSEWHERE, another)

    def _export(self, by: User) -> UUID:
        said: dict[str, Any] = {"filters": {}, "purpose": Purpose.WORKING, "words": WHY, "session": uuid4()}
        return ask_for_export(kind="inbox", agency=by.agencies[0], **said, by=by, now=NOW).pk

    def _emergencies(self) -> None:
        """Used by somebody far away: on what the agencies here have, on what they have not, and behind a wall."""
        for role in self.world.people:
            for relation in (R.HAS, R.ELSEWHERE, R.RESTRICTED):
                record = self.world.records.get((house_of(role), relation))
                if record:
                    self._put("emergency", role, relation, self._broken(record.referral))
            if (AREA, R.EMERGENCY) in self.world.records and role in self.world.colleagues:
                own = self.world.records[AREA, R.EMERGENCY].referral.named_accesses(manager="every")
                self._put(
                    "emergency", role, R.OWN, own.get(user=self.world.people[role], kind=AccessKind.BREAK_GLASS).pk
                )

    def _broken(self, referral: Referral) -> UUID:
        if referral.pk not in self.made:
            access = self.world._access(
                referral, self.world.colleagues[RoleName.AUTHORITY_LEAD], AccessKind.BREAK_GLASS
            )
            self.made[referral.pk] = access.pk
        return self.made[referral.pk]

    def id_of(self, address: str, name: str, role: str, relation: Relation) -> Any:
        """What stands in the address under this name; None where there is no such thing at the relation."""
        person = self.world.people[RoleName(role)]
        if address == "agencies:remove-factor":
            user = {R.OWN: person, R.ELSEWHERE: self.world.far_lead}.get(relation)
            return user and Authenticator.objects.get(user=user, type="totp").pk
        if address == "agencies:end-session":
            user = {R.OWN: person, R.ELSEWHERE: self.world.far_lead}.get(relation)
            return user and _session_of(user)
        if address == "agencies:approve-key":
            return self.made.get(("unapproved", relation))
        if name == "agency_id":
            return {R.HAS: person.agencies[0].pk, R.ELSEWHERE: self.far_agency.pk}.get(relation)
        if relation == R.QUARANTINED:
            return {"flood_id": self.flood.pk, "referral_id": self.held.referral_id}.get(name)
        if address == "referrals:emergency-review":
            return self.made.get(("emergency", role, relation))
        if address == "api:status" and relation == R.OWN:
            return self.sent.get(RoleName(role))
        if name in {"key_id", "endpoint_id", "delivery_id", "handling_id"}:
            found = {"key_id": self.sender.key, "endpoint_id": self.endpoint, "delivery_id": self.delivery,
                     "handling_id": self.handling}[name]  # fmt: skip
            return found.pk if relation == R.ELSEWHERE else None
        return self.made.get((name, role, relation)) or self.world.id_of(name, role, relation)

    def address(self, name: str, arguments: dict[str, type], role: str, relation: Relation) -> str | None:
        """The address itself; None where nothing is at the relation."""
        filled: dict[str, Any] = {}
        for at, (argument, kind) in enumerate(arguments.items()):
            if kind is str:
                filled[argument] = "inbox" if argument == "kind" else "danger"
            elif at:
                filled[argument] = self.id_of(name, argument, role, R.HAS) or uuid4()
            elif relation == R.ABSENT:
                filled[argument] = UNKNOWN_NUMBER if kind is int else uuid4()
            else:
                filled[argument] = self.id_of(name, argument, role, relation)
        if None in filled.values():
            return None
        return reverse(name, kwargs=filled)


def _session_of(user: User) -> UUID:
    """Another of somebody's sessions than the one in which they ask."""
    signed_in(user)
    return Session.objects.filter(user=user).latest("began").number


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
