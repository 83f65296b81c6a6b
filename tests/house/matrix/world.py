"""Somebody in every role, and a referral at every relation to them, with everything that can stand beside one."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from agencies.actions.exclude_user import exclude_user
from agencies.models import Agency, ExclusionGround, Membership, Restriction, User
from agencies.roles import ROLES, RoleName
from audit.agents import Agent
from documents.models import Document
from documents.storing import keep
from referrals.actions.accept_offer import accept_offer
from referrals.actions.add_document import add_document
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.join_referrals import join_referrals
from referrals.actions.open_access import open_access
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.actions.restrict_record import restrict_record
from referrals.actions.take_back_offer import take_back_offer
from referrals.actions.write_note import write_note
from referrals.models import (
    AccessKind,
    Dispatch,
    Join,
    JoinKind,
    NamedAccess,
    NoteReaders,
    Offer,
    Referral,
    ToldBy,
    Withdrawal,
    WithdrawalKind,
)
from tests.audit.acts import within
from tests.documents.making import TEXT, judged_clean
from tests.house.matrix.relations import Relation
from tests.making import PUBLIC, TEACHER, agency_for, dispatch_to_authority, dispatch_to_police, make_user, submitted
from tests.referrals.at_the_desk import ABOUT_POLICE

R = Relation
NOW = timezone.now()
POLICE, COUNCIL = "ctp-north-east", "E08000038"
# Where somebody in a role works; the others at the first agency of a kind on which the role may hang.
WORKS_AT = {
    RoleName.PANEL_MEMBER: COUNCIL,
    RoleName.FIMU_ANALYST: POLICE,
    RoleName.PRIVACY_OFFICER: COUNCIL,
    RoleName.AUDITOR: POLICE,
    RoleName.RETENTION_ADMINISTRATOR: COUNCIL,
    RoleName.RETENTION_APPROVER: COUNCIL,
    RoleName.NATIONAL_DESK_OFFICER: "national-police-desk",
    RoleName.NATIONAL_DESK_SUPERVISOR: "national-police-desk",
    RoleName.RESTRICTED_DESK_OFFICER: "restricted-police-desk",
    RoleName.ALLEGATIONS_OFFICER: "restricted-authority-desk",
}
# What a referral says that goes to the agencies of each house: of an area, the national desks, the restricted desks.
AREA, DESK, RESTRICTED, FAR = "area", "desk", "restricted", "far"
SAYS: dict[str, dict[str, Any]] = {
    AREA: TEACHER,
    DESK: PUBLIC,
    RESTRICTED: ABOUT_POLICE,
    FAR: {**TEACHER, "postcode": "", "authority": "W06000015"},
}
HUMAN = [role for role in RoleName if not ROLES[role].for_systems]
WHY = "He told a teacher so."
# Relations by which nobody's agency has it.
OPENED = {R.SHARED: AccessKind.SHARE, R.REVIEW: AccessKind.REVIEW, R.EMERGENCY: AccessKind.BREAK_GLASS,
          R.ENDED: AccessKind.SHARE, R.EXPIRED: AccessKind.BREAK_GLASS}  # fmt: skip
# What belongs to one side of a referral: that of the police, or that of the council.
SIDED = ("dispatch_id", "note_id", "document_id", "offer_id", "task_id")


def house_of(role: str) -> str:
    """Which referrals come to those in this role."""
    if role.startswith("national"):
        return DESK
    return RESTRICTED if role in {RoleName.RESTRICTED_DESK_OFFICER, RoleName.ALLEGATIONS_OFFICER} else AREA


def marked(word: str, field: str) -> str:
    """What a field of a record holds: by it a test knows on a page of which record and which field it is."""
    return f"{word}_{field.replace('.', '_')}_"


@dataclass
class Record:
    """A referral; `rows` are the ids of what an address can name of it, by name and side."""

    referral: Referral
    word: str
    house: str
    rows: dict[tuple[str, bool | None], UUID] = field(default_factory=dict)


class World:
    """The people, by role, and the records, by house and relation."""

    def __init__(self) -> None:
        self.words: dict[str, Record] = {}
        self.people = {role: self.someone(role) for role in HUMAN}
        self.colleagues = {role: self.someone(role) for role in HUMAN}
        self.far_police, self.far_lead = self._far("police"), self._far("authority")
        self.records: dict[tuple[str, Relation], Record] = {}
        for house in (AREA, DESK, RESTRICTED):
            twin = self._referral(house).referral
            for relation in (R.HAS, R.ASSIGNED, R.GAVE, *self._walls(house)):
                self.records[house, relation] = self._furnished(house, twin)
        self._offered()
        far_twin = self._referral(FAR).referral
        for relation in (R.ELSEWHERE, *OPENED):
            record = self._furnished(FAR, far_twin)
            for house in (AREA, DESK, RESTRICTED):
                self.records[house, relation] = record
        self._open()
        self._give()
        self._restrict()
        self._exclude()

    def _walls(self, house: str) -> list[Relation]:
        return [R.EXCLUDED] if house == RESTRICTED else [R.RESTRICTED, R.NAMED]

    def someone(self, role: RoleName) -> User:
        code = WORKS_AT.get(role) or {"ctp": POLICE, "authority": COUNCIL, "channel": COUNCIL}.get(
            role.partition("_")[0]
        )
        agency = Agency.objects.get(code=code) if code else agency_for(role)
        return make_user(agency=agency, role=role, name=f"Wren {uuid4().hex[:6]}", by=Agent.OPERATOR, now=NOW)

    def _far(self, side: str) -> User:
        referral = self._referral(FAR).referral
        dispatch = dispatch_to_police(referral) if side == "police" else dispatch_to_authority(referral)
        role = RoleName.CTP_SUPERVISOR if side == "police" else RoleName.AUTHORITY_SUPERVISOR
        return make_user(agency=dispatch.agency, role=role, name=f"Far {side}", by=Agent.OPERATOR, now=NOW)

    def _referral(self, house: str) -> Record:
        """Its own words are in no other: whoever finds them on a page knows whose they are, and from which field."""
        word = f"Zq{uuid4().hex[:10]}"
        said = {
            **SAYS[house],
            "concern": marked(word, "referrals.Referral.answers"),
            "referrer_name": marked(word, "referrals.Referrer.name"),
            "referrer_email": f"{marked(word, 'referrals.Referrer.email')}@school.example",
        }
        if house != DESK:
            said |= {name: marked(word, f"people.Person.{name}") for name in ("given_names", "family_name")}
        record = Record(submitted(said, now=NOW - timedelta(days=1)), word, house)
        self.words[word] = record
        return record

    def at_side(self, dispatch: Dispatch) -> User:
        """Somebody who works a dispatch."""
        if dispatch.agency.code == POLICE:
            return self.colleagues[RoleName.CTP_SUPERVISOR]
        if dispatch.agency.code == COUNCIL:
            return self.colleagues[RoleName.AUTHORITY_SUPERVISOR]
        if dispatch.agency.code == "national-police-desk":
            return self.colleagues[RoleName.NATIONAL_DESK_SUPERVISOR]
        if dispatch.agency.code == "restricted-police-desk":
            return self.colleagues[RoleName.RESTRICTED_DESK_OFFICER]
        if dispatch.agency_id == self.far_police.agencies[0].pk:
            return self.far_police
        if dispatch.agency_id == self.far_lead.agencies[0].pk:
            return self.far_lead
        return self._other_desk(dispatch.agency)

    def _other_desk(self, agency: Agency) -> User:
        if not hasattr(self, "others"):
            self.others: dict[UUID, User] = {}
        if agency.pk not in self.others:
            role = RoleName.RESTRICTED_DESK_OFFICER if agency.is_restricted else RoleName.NATIONAL_DESK_SUPERVISOR
            self.others[agency.pk] = make_user(agency=agency, role=role, name="Other desk", by=Agent.OPERATOR, now=NOW)
        return self.others[agency.pk]

    def _furnished(self, house: str, twin: Referral) -> Record:
        record = self._referral(house)
        record.rows["referral_id", None] = record.referral.pk
        for dispatch in (dispatch_to_police(record.referral), dispatch_to_authority(record.referral)):
            by, side = self.at_side(dispatch), dispatch.agency.is_police
            document = self._document(record, dispatch, by)
            note = write_note(
                dispatch_id=dispatch.pk,
                text=marked(record.word, "referrals.Note.text"),
                readers=NoteReaders.AGENCY,
                by=by,
                now=NOW,
            )
            record.rows |= {
                ("dispatch_id", side): dispatch.pk,
                ("document_id", side): document.pk,
                ("note_id", side): note.pk,
            }
            if house != RESTRICTED:
                record.rows["offer_id", side] = self._offer(dispatch, self._far_agency(dispatch), by)
        for task in record.referral.tasks.select_related("agency"):
            record.rows["task_id", task.agency.is_police] = task.pk
        council = dispatch_to_authority(record.referral)
        by = self.at_side(council)
        told: dict[str, Any] = {
            "kind": WithdrawalKind.IN_ERROR,
            "told_how": ToldBy.TELEPHONE,
            "reason": marked(record.word, "referrals.Withdrawal.reason"),
        }
        withdrawal: Withdrawal = report_withdrawal(dispatch_id=council.pk, **told, by=by, now=NOW)
        join: Join = join_referrals(
            dispatch_id=council.pk,
            other_id=dispatch_to_authority(twin).pk,
            kind=JoinKind.DUPLICATE,
            reason=marked(record.word, "referrals.Join.reason"),
            by=by,
            now=NOW,
        )
        access = self._access(record.referral, self._third(house), AccessKind.SHARE)
        record.rows |= {
            ("withdrawal_id", None): withdrawal.pk,
            ("join_id", None): join.pk,
            ("access_id", None): access.pk,
        }
        return record

    def _document(self, record: Record, dispatch: Dispatch, by: User) -> Document:
        said = {name: marked(record.word, f"documents.Document.{name}") for name in ("source", "caveat")}
        name = marked(record.word, "documents.Document.name")
        made = add_document(dispatch_id=dispatch.pk, kept=keep(f"{name}.txt", TEXT), **said, by=by, now=NOW)
        return judged_clean(made.pk)

    def _word(self, referral: Referral) -> str:
        return next(word for word, record in self.words.items() if record.referral == referral)

    def _third(self, house: str) -> User:
        return self.colleagues[RoleName.CTP_OFFICER if house == FAR else RoleName.AUDITOR]

    def _far_agency(self, dispatch: Dispatch) -> Agency:
        """To whom what is had elsewhere is offered without anybody here being asked."""
        kind = "police" if dispatch.agency.is_police else "authority"
        others = Agency.objects.filter(kind=kind).exclude(code__in=(POLICE, COUNCIL)).exclude(pk=dispatch.agency_id)
        return others.order_by("-code")[0]

    def _offer(self, dispatch: Dispatch, to: Agency, by: User) -> UUID:
        offer = Offer(
            dispatch=dispatch,
            agency=to,
            reason=marked(self._word(dispatch.referral), "referrals.Offer.reason"),
            offered_at=NOW,
            offered_by=by,
        )
        within(do=lambda: offer.save(force_insert=True), by=Agent.OPERATOR, now=NOW)
        return offer.pk

    def _access(self, referral: Referral, to: User, kind: AccessKind, **more: Any) -> NamedAccess:
        by = to if kind == AccessKind.BREAK_GLASS else self.far_lead
        ends_at = None if kind == AccessKind.NAMED else NOW + timedelta(minutes=59)
        given: dict[str, Any] = {
            "reason": marked(self._word(referral), "referrals.NamedAccess.reason"),
            "ends_at": ends_at,
            "now": NOW,
            **more,
        }
        return within(
            do=lambda: open_access(referral=referral, to=to, agency=to.agencies[0], kind=kind, by=by, **given),
            by=by,
            now=NOW,
        )

    def _open(self) -> None:
        """To everybody, whatever their role: that a row stands there is not enough."""
        for relation, kind in OPENED.items():
            referral = self.records[AREA, relation].referral
            for person in self.people.values():
                if relation == R.EXPIRED:
                    before = {"now": NOW - timedelta(hours=2), "ends_at": NOW - timedelta(hours=1)}
                    self._access(referral, person, kind, **before)
                    continue
                access = self._access(referral, person, kind)
                if relation == R.ENDED:
                    ended = {"ended_at": NOW, "ended_by": self.far_lead.pk}
                    within(do=partial(access.changed, **ended), by=Agent.OPERATOR, now=NOW)

    def _offered(self) -> None:
        """What others have and offer to each house."""
        for house, police, council in (
            (AREA, POLICE, COUNCIL),
            (DESK, "national-police-desk", "national-authority-desk"),
            (RESTRICTED, "restricted-police-desk", "restricted-authority-desk"),
        ):
            record = self._referral(FAR)
            record.rows["referral_id", None] = record.referral.pk
            for dispatch in (dispatch_to_police(record.referral), dispatch_to_authority(record.referral)):
                side, by = dispatch.agency.is_police, self.at_side(dispatch)
                to = Agency.objects.get(code=police if side else council)
                document = self._document(record, dispatch, by)
                record.rows |= {
                    ("dispatch_id", side): dispatch.pk,
                    ("document_id", side): document.pk,
                    ("offer_id", side): self._offer(dispatch, to, by),
                }
            self.records[house, R.OFFERED] = record

    def _give(self) -> None:
        """Both sides had it, and others have accepted it."""
        for house in (AREA, DESK):
            record = self.records[house, R.GAVE]
            for offer in Offer.objects.filter(dispatch__referral=record.referral).select_related("agency"):
                role = RoleName.CTP_OFFICER if offer.agency.is_police else RoleName.AUTHORITY_LEAD
                by = make_user(agency=offer.agency, role=role, name="New owner", by=Agent.OPERATOR, now=NOW)
                accept_offer(offer_id=offer.pk, by=by, now=NOW)
        del self.records[RESTRICTED, R.GAVE]

    def _restrict(self) -> None:
        for house in (AREA, DESK):
            for relation in (R.RESTRICTED, R.NAMED):
                referral = self.records[house, relation].referral
                police = dispatch_to_police(referral)
                named = [self.at_side(each).pk for each in (police, dispatch_to_authority(referral))]
                offers = list(Offer.objects.filter(dispatch__referral=referral))
                self._restricted(police, named, offers)
                if relation == R.NAMED:
                    opened = self._access(referral, self._third(house), AccessKind.SHARE)
                    self.records[house, relation].rows["access_id", None] = opened.pk
                    for role, person in self.people.items():
                        if house_of(role) == house:
                            self._access(referral, person, AccessKind.NAMED)

    def _restricted(self, police: Dispatch, named: list[UUID], offers: list[Offer]) -> None:
        for offer in offers:
            take_back_offer(offer_id=offer.pk, reason=WHY, by=self.at_side(offer.dispatch), now=NOW)
        restrict_record(
            dispatch_id=police.pk,
            named=named,
            reason=marked(self._word(police.referral), "agencies.Restriction.reason"),
            by=self.at_side(police),
            now=NOW,
        )

    def _exclude(self) -> None:
        record = self.records[RESTRICTED, R.EXCLUDED]
        restriction = Restriction.objects.get(about=record.referral.pk)
        by = self.colleagues[RoleName.RESTRICTED_DESK_OFFICER]
        for role, person in self.people.items():
            if house_of(role) == RESTRICTED:
                within(
                    do=partial(
                        exclude_user,
                        restriction=restriction,
                        user=person,
                        ground=ExclusionGround.COLLEAGUE,
                        why=marked(record.word, "agencies.Exclusion.why"),
                        by=by,
                        now=NOW,
                    ),
                    by=by,
                    now=NOW,
                )

    def id_of(self, name: str, role: str, relation: Relation) -> UUID | None:
        """What stands in an address for somebody in the role at the relation; None where there is no such thing."""
        beside = relation == R.BESIDE
        if beside and name not in SIDED:
            return None
        record = self.records.get((house_of(role), R.HAS if beside else relation))
        if record is None:
            return None
        side: bool | None = self.people[RoleName(role)].agencies[0].is_police != beside
        return record.rows.get((name, side if name in SIDED else None))

    def relation_to(self, word: str, role: str) -> Relation:
        """How somebody in the role stands to the record of this word: one that no relation names is had elsewhere."""
        house, record = house_of(role), self.words[word]
        found = (each for (where, each), other in self.records.items() if where == house and other is record)
        return next(found, R.HAS if record.house == house else R.ELSEWHERE)

    def assign(self, role: str) -> None:
        """Let somebody work the record that is assigned to them, if they can."""
        pk = self.id_of("dispatch_id", role, R.ASSIGNED)
        if pk:
            person = self.people[RoleName(role)]
            by = self.at_side(Dispatch.objects.select_related("agency").get(pk=pk))
            assign_dispatch(dispatch_id=pk, to_id=person.pk, by=by, now=NOW)

    def former(self, role: str) -> User:
        """Somebody who was in the role until yesterday."""
        person = self.someone(RoleName(role))
        yesterday = timezone.localdate() - timedelta(days=1)
        row = Membership.objects.get(user=person)
        within(do=lambda: row.changed(ends_on=yesterday), by=Agent.OPERATOR, now=NOW)
        return person
