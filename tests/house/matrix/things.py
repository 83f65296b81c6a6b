"""What addresses name besides a referral: agencies, colleagues, mail, keys, drafts, exports."""

from datetime import timedelta
from functools import partial
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from agencies.actions.connect_system import connect_system
from agencies.actions.send_notice import send_notice
from agencies.models import Absence, Agency, Identity, Membership, NoticeKind, Session, User
from agencies.permissions import Permission, can
from agencies.purposes import Purpose
from agencies.roles import RoleName
from agencies.scopes import Scope
from audit.agents import Agent
from audit.models import Handling
from documents.models import ExportPiece
from documents.tasks import sweep_exports
from referrals.actions.link_dispatch import link_dispatch
from referrals.actions.reject_referral import reject_referral
from referrals.actions.release_referral import release_referral
from referrals.actions.search_records import search_records
from referrals.actions.submit_referral import submit_referral
from referrals.holding import Holder
from referrals.models import AccessKind, Draft, Flood, FloodOutcome, NamedAccess, Quarantined, Referral, SearchPurpose
from referrals.questions.shapes import WORK
from tests.agencies.administering import given
from tests.agencies.hearing import endpoint_at, event_for
from tests.audit.acts import within
from tests.documents.exporting import Asker
from tests.documents.making import uploaded
from tests.house.matrix.marks import Stands
from tests.house.matrix.records import AREA, NOW, PERSON, Record, house_of, mark_person
from tests.house.matrix.relations import Relation
from tests.house.matrix.world import COUNCIL, World
from tests.house.one_of_each import signed_in
from tests.making import dispatch_to_authority, dispatch_to_police, submitted
from tests.referrals.answering import full
from tests.referrals.api.calling import Caller, agency_key, partner_key
from tests.referrals.drafting import begun
from tests.referrals.opening import reachable
from tests.referrals.writing import many, scripted
from tests.triage.standardising import drafted, offered, published

R = Relation
UNKNOWN_NUMBER = 999_999_999
# What else than its name says stands in an address at a relation.
OTHERWISE = {("triage:standard", R.HAS): "published"}
# Of which kind an access must be to be named in an address.
ACCESSES = {"referrals:emergency-review": "emergency", "referrals:strike-off": "named"}


def list_of(role: str) -> str:
    """What somebody in a role takes out as a file, if they take anything."""
    return "ledger" if role == RoleName.AUDITOR else "inbox"


class Things:
    """One of each; `id_of` says what stands in an address."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.marks = world.marks
        self.made: dict[Any, Any] = {}
        self.sent_drafts: dict[str, UUID] = {}
        self.reviewed: dict[Record, UUID] = {}
        self.far_agency = world.far_lead.agencies[0]
        self._flood()
        self._systems()
        self._mail()
        for role in world.colleagues:
            self._absences(role)
            self._drafts(role)
        self._emergencies()
        self._names()
        self._proposals()
        self._exports()
        self._purposes()
        self._searches()
        self._standards()

    def _put(self, name: str, role: str, relation: Relation, pk: Any) -> None:
        self.made[name, role, relation] = pk

    def _flood(self) -> None:
        with patch("referrals.actions.judge_likeness.PASS", 2):
            for each in many(scripted, 5):
                submitted({**each, "referrer_name": self._held("referrals.Referrer.name")}, now=NOW)
        self.held, rejected, released = Quarantined.objects.order_by("-held_at", "pk")[:3]
        self.flood = Flood.objects.get(pk=self.held.flood_id)
        self.rejected = rejected.referral_id
        mark_person(self.held.referral.person, {name: self._held(f"people.Person.{name}") for name in PERSON})
        desk, said = self.world.colleagues[RoleName.NATIONAL_DESK_OFFICER], self._held("referrals.Quarantined.reason")
        reject_referral(referral_id=rejected.referral_id, decided_by=desk, reason=said, by=desk, now=NOW)
        self._released(released.referral, desk)
        before = {
            "outcome": FloodOutcome.REJECTED,
            "reason": self._held("referrals.Flood.reason"),
            "decided_at": NOW - timedelta(days=1),
            "decided_by": desk,
        }
        within(do=partial(self.flood.changed, **before), by=Agent.OPERATOR, now=NOW)

    def _released(self, referral: Referral, desk: User) -> None:
        """The agencies of its area have it now, and the national desk has not."""

        def stands(role: str) -> Relation:
            return R.HAS if house_of(role) == AREA else R.RELEASED

        mark_person(referral.person, {name: self.marks.word(f"people.Person.{name}", stands) for name in PERSON})
        named = {"name": self.marks.word("referrals.Referrer.name", stands)}
        within(do=partial(referral.referrer.changed, **named), by=Agent.OPERATOR, now=NOW)
        reason = self.marks.word("referrals.Quarantined.reason", stands)
        release_referral(referral_id=referral.pk, decided_by=desk, reason=reason, by=desk, now=NOW)
        self.of_flood = {
            R.QUARANTINED: {"flood_id": self.flood.pk, "referral_id": self.held.referral_id},
            R.RELEASED: {"referral_id": referral.pk, "dispatch_id": dispatch_to_police(referral).pk},
        }

    def _held(self, field: str) -> str:
        """A word in what nobody has."""
        return self.marks.word(field, lambda role: R.QUARANTINED)

    def _systems(self) -> None:
        self.sender, self.receiver = partner_key(), agency_key(Agency.objects.get(code=COUNCIL), [*Scope])
        self.world.people |= {
            RoleName.SENDING_SYSTEM: self.sender.key.system,
            RoleName.RECEIVING_SYSTEM: self.receiver.key.system,
        }
        self.endpoint, _secret = endpoint_at("https://systems.example/none")
        secret = {"secret": self.marks.word("agencies.EndpointSecret.secret", lambda role: R.ELSEWHERE)}
        within(do=partial(self.endpoint.secrets.get().changed, **secret), by=Agent.OPERATOR, now=NOW)
        self.delivery = event_for(self.endpoint)
        within(
            do=partial(self.delivery.changed, dead=NOW, attempts=20, last_error="OSError"), by=Agent.MESSENGER, now=NOW
        )
        self.handling = Handling.objects.latest("due")
        Handling.objects.filter(pk=self.handling.pk).update(dead=NOW, attempts=20, last_error="OSError")
        system = self.receiver.key.system
        for relation in (R.HAS, R.ASSIGNED):
            record = self.world.records[AREA, relation]
            dispatch = dispatch_to_authority(record.referral)
            said = {name: record.says(f"referrals.SystemLink.{name}", False) for name in ("case_number", "status")}
            link_dispatch(dispatch_id=dispatch.pk, **said, by=system, now=NOW)
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
            self._put("notice_id", role, R.HAS, self._dead(theirs, [], partial(self.world.stands_to_mail, theirs)))
            far = partial(self.world.stands_to_mail, self.far_agency)
            self._put("notice_id", role, R.ELSEWHERE, self._dead(self.far_agency, [], far))
            for wall in (R.RESTRICTED, R.NAMED, R.EXCLUDED):
                if record := self.world.records.get((house_of(role), wall)):
                    stands = partial(self.world.stands_to, record, None)
                    self._put("notice_id", role, wall, self._dead(theirs, [record.referral.pk], stands))

    def _dead(self, agency: Agency, tells_of: list[UUID], stands: Stands) -> UUID:
        address, reference = (self.marks.word(f"agencies.Notice.{name}", stands) for name in ("address", "details"))
        notice = send_notice(
            kind=NoticeKind.NEW_REFERRAL, about=uuid4(), tells_of=tells_of, agency=agency,
            address=f"{address}@agencies.example", once=str(uuid4()), by=Agent.MESSENGER, now=NOW,
            details={"reference": reference, "link": "https://casework.example/x/"},
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
            self._put("draft_id", role, relation, self._draft(by).pk)
            if relation == R.OWN:
                self.sent_drafts[role] = self._sent_draft(by).pk

    def _draft(self, by: User) -> Draft:
        said = {"concern": self.world.word_of(by, "referrals.Draft.answers"), "danger": "no", "entry": "telephone"}
        draft = begun(Holder(by), {**full(WORK), **said})
        name = self.world.word_of(by, "documents.Upload.name")
        upload = uploaded(draft, name=f"{name}.txt", holder=Holder(by), now=NOW)
        self.marks.known(upload.key, "documents.Upload.key", lambda role: R.ELSEWHERE)
        return draft

    def _sent_draft(self, by: User) -> Draft:
        """Its answers are the referral's now; the code stands in the draft alone."""
        draft = begun(Holder(by), {**full(WORK), "danger": "no", "entry": "telephone"})
        submit_referral(draft_id=draft.pk, holder=Holder(by), by=by, now=NOW)
        sent = Draft.objects.get(pk=draft.pk)
        told = {"outcome": {**sent.outcome, "code": self.world.word_of(by, "referrals.Draft.outcome")}}
        within(do=partial(sent.changed, **told), by=Agent.OPERATOR, now=NOW)
        return sent

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
        """One of everybody who may have one, and another's, as they are when their files are made."""
        another = self._export(self.world.far_lead)
        for role, person in self.world.people.items():
            if can(person, Permission.EXPORT_MAKE):
                self._put("export_id", role, R.OWN, self._export(person))
            self._put("export_id", role, R.ELSEWHERE, another)
        sweep_exports()
        for piece in ExportPiece.objects.select_related("export"):
            self.marks.known(piece.key, "documents.ExportPiece.key", lambda role: R.ELSEWHERE)

    def _export(self, by: User) -> UUID:
        words = self.world.word_of(by, "documents.Export.words")
        role = by.memberships.values_list("role", flat=True)[0]
        return Asker(by).asks(kind=list_of(role), words=words, now=NOW).pk

    def _purposes(self) -> None:
        """Why somebody searched, and by what an organisation's own sign-in knows them."""
        for person in (*self.world.colleagues.values(), self.world.far_lead):
            words = self.world.word_of(person, "referrals.SearchPurpose.words")
            said = {"purpose": Purpose.WORKING, "words": words, "day": NOW.date(), "stated_at": NOW}
            subject = self.world.word_of(person, "agencies.Identity.subject")
            for row in (
                SearchPurpose(**said, stated_by=person),
                Identity(user=person, provider="organisation", subject=subject),
            ):
                within(do=partial(row.save, force_insert=True), by=Agent.OPERATOR, now=NOW)

    def _searches(self) -> None:
        """One of everybody who may search, and another's."""
        another = self._search(self.world.far_lead)
        for role, person in self.world.people.items():
            if can(person, Permission.RECORD_SEARCH):
                self._put("search_id", role, R.OWN, self._search(person))
            self._put("search_id", role, R.ELSEWHERE, another)

    def _search(self, by: User) -> UUID:
        words = self.world.word_of(by, "referrals.Search.words")
        return search_records(words=f"Wren {words}", by=by, now=timezone.now()).pk

    def _standards(self) -> None:
        """A version that is published, and a draft; good practice that waits for headquarters."""
        by, officer = (self.world.colleagues[role] for role in (RoleName.STANDARDS_LEAD, RoleName.CTP_OFFICER))
        found = published(by=by)
        draft, practice = drafted(by=by), offered(officer)
        for role in self.world.people:
            self._put("published", role, R.HAS, found.pk)
            self._put("standard_id", role, R.ELSEWHERE, draft.pk)
            self._put("step_id", role, R.ELSEWHERE, draft.steps.all()[1].pk)
            self._put("practice_id", role, R.ELSEWHERE, practice.pk)

    def _emergencies(self) -> None:
        """Used by somebody far away: on what the agencies here have, on what they have not, and behind a wall.

        There is somebody at a national desk to whom the reviews of what is behind a wall fall.
        """
        self.world.at(Agency.objects.get(code="national-police-desk"), RoleName.PRIVACY_OFFICER)
        for role in self.world.people:
            for relation in (R.HAS, R.ELSEWHERE, R.RESTRICTED):
                record = self.world.records.get((house_of(role), relation))
                if record:
                    self._put("emergency", role, relation, self._broken(record))
            if (AREA, R.EMERGENCY) in self.world.records and role in self.world.colleagues:
                own = self.world.records[AREA, R.EMERGENCY].referral.named_accesses(manager="every")
                self._put(
                    "emergency", role, R.OWN, own.get(user=self.world.people[role], kind=AccessKind.BREAK_GLASS).pk
                )

        reachable(self.world.records[AREA, R.ELSEWHERE].referral)  # or the form would break no glass

    def _names(self) -> None:
        """Who is named on what is restricted; of what is not, somebody to whom it is opened otherwise."""
        for (house, relation), record in self.world.records.items():
            # One that holds now: some are named whose role reads nothing.
            found = NamedAccess.objects.filter(content_object=record.referral, kind=AccessKind.NAMED).first()
            for role in self.world.people:
                if house_of(role) == house:
                    self._put("named", role, relation, found.pk if found else record.rows.get(("access_id", None)))

    def _broken(self, record: Record) -> UUID:
        if record not in self.made:
            lead = self.world.colleagues[RoleName.AUTHORITY_LEAD]
            self.made[record] = self.world._access(record, lead, AccessKind.BREAK_GLASS).pk
            again = self.world._access(record, lead, AccessKind.BREAK_GLASS)
            said = {
                "reviewed_at": NOW,
                "reviewed_by": self.world.colleagues[RoleName.PRIVACY_OFFICER],
                "justified": True,
                "review": record.says("referrals.NamedAccess.review"),
            }
            within(do=partial(again.changed, **said), by=Agent.OPERATOR, now=NOW)
            self.reviewed[record] = again.pk
        return self.made[record]

    def id_of(self, address: str, name: str, role: str, relation: Relation) -> Any:
        """What stands in the address under this name; None where there is no such thing at the relation."""
        person = self.world.people[RoleName(role)]
        if address == "agencies:remove-factor":
            user = {R.OWN: person, R.ELSEWHERE: self.world.far_lead}.get(relation)
            return user and Authenticator.objects.get(user=user, type="totp").pk
        if address == "agencies:end-session":
            user = {R.OWN: person, R.ELSEWHERE: self.world.far_lead}.get(relation)
            return user and self._session_of(user)
        if address == "agencies:approve-key":
            return self.made.get(("unapproved", relation))
        if name == "agency_id":
            return {R.HAS: person.agencies[0].pk, R.ELSEWHERE: self.far_agency.pk}.get(relation)
        if address == "referrals:enter-sent" and relation == R.OWN:
            return self.sent_drafts.get(role)
        if relation == R.QUARANTINED or (relation == R.RELEASED and house_of(role) != AREA):
            return self.of_flood[relation].get(name)
        if address in ACCESSES:
            return self.made.get((ACCESSES[address], role, relation))
        if address == "api:status" and relation == R.OWN:
            return self.sent.get(RoleName(role))
        if name in {"key_id", "endpoint_id", "delivery_id", "handling_id"}:
            found = {"key_id": self.sender.key, "endpoint_id": self.endpoint, "delivery_id": self.delivery,
                     "handling_id": self.handling}[name]  # fmt: skip
            return found.pk if relation == R.ELSEWHERE else None
        called = OTHERWISE.get((address, relation), name)
        return self.made.get((called, role, relation)) or self.world.id_of(name, role, relation)

    def _session_of(self, user: User) -> UUID:
        """Another of somebody's sessions than the one in which they ask."""
        if user not in self.made:
            signed_in(user)
            self.made[user] = Session.objects.filter(user=user).latest("began").number
        found: UUID = self.made[user]
        return found

    def address(self, name: str, arguments: dict[str, type], role: str, relation: Relation) -> str | None:
        """The address itself; None where nothing is at the relation."""
        filled: dict[str, Any] = {}
        for at, (argument, kind) in enumerate(arguments.items()):
            if kind is str:
                filled[argument] = list_of(role) if argument == "kind" else "danger"
            elif at:
                filled[argument] = self.id_of(name, argument, role, R.HAS) or uuid4()
            elif relation == R.ABSENT:
                filled[argument] = UNKNOWN_NUMBER if kind is int else uuid4()
            else:
                filled[argument] = self.id_of(name, argument, role, relation)
        if None in filled.values():
            return None
        return reverse(name, kwargs=filled)
