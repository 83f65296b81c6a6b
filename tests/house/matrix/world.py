"""Somebody in every role, and a referral at every relation to them, with everything that can stand beside one."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.utils import timezone

from agencies.actions.exclude_user import exclude_user
from agencies.models import Agency, ExclusionGround, Membership, Restriction, User
from agencies.roles import ROLES, RoleName
from audit.agents import Agent
from referrals.actions.accept_offer import accept_offer
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.finish_task import finish_task
from referrals.actions.open_access import open_access
from referrals.actions.release_restriction import release_restriction
from referrals.actions.restrict_record import restrict_record
from referrals.actions.take_back_offer import take_back_offer
from referrals.models import AccessKind, Dispatch, NamedAccess, Offer, TaskKind
from tests.audit.acts import within
from tests.house.matrix.furniture import Past, asked, document, furnish_middle, furnish_side, offer
from tests.house.matrix.marks import Marks
from tests.house.matrix.partnered import partnered
from tests.house.matrix.records import AREA, DESK, FAR, NOW, RESTRICTED, SIDED, Record, house_of
from tests.house.matrix.relations import Relation
from tests.making import agency_for, dispatch_to_authority, dispatch_to_police, make_user

R = Relation
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
    RoleName.STANDARDS_LEAD: "national-police-desk",
}
# Whose partnerships are the people's of the world; elsewhere others own them.
OWNS = {
    AREA: RoleName.CTP_OFFICER,
    DESK: RoleName.NATIONAL_DESK_OFFICER,
    RESTRICTED: RoleName.RESTRICTED_DESK_OFFICER,
}
HUMAN = [role for role in RoleName if not ROLES[role].for_systems]
WHY = "He told a teacher so."
# Relations by which nobody's agency has it.
OPENED = {R.SHARED: AccessKind.SHARE, R.REVIEW: AccessKind.REVIEW, R.EMERGENCY: AccessKind.BREAK_GLASS,
          R.ENDED: AccessKind.SHARE, R.EXPIRED: AccessKind.BREAK_GLASS}  # fmt: skip
# At these somebody has a record of which each side has a part.
TWO_SIDED = {R.HAS, R.ASSIGNED, R.NAMED}


class World:
    """The people, by role, and the records, by house and relation."""

    def __init__(self) -> None:
        self.marks = Marks()
        self.people: dict[RoleName, User] = {}
        self.others: dict[UUID, User] = {}
        self.records: dict[tuple[str, Relation], Record] = {}
        self.twins: dict[str, Record] = {}  # those with which records are joined
        self.people |= {role: self.someone(role) for role in HUMAN}
        self.colleagues = {role: self.someone(role) for role in HUMAN}
        self.far_police, self.far_lead = self._far("police"), self._far("authority")
        for house in (AREA, DESK, RESTRICTED):
            twin = self._record(house)
            for relation in (R.HAS, R.ASSIGNED, R.GAVE, *self._walls(house)):
                self.records[house, relation] = self._furnished(house, twin)
            self._finished(twin)
            self.twins[house] = twin
        self._offered()
        self._asked()
        far_twin = self._record(FAR)
        for relation in (R.ELSEWHERE, *OPENED):
            record = self._furnished(FAR, far_twin)
            for house in (AREA, DESK, RESTRICTED):
                self.records[house, relation] = record
        self._open()
        self._give()
        self._restrict()
        self._exclude()
        self._release()

    def _walls(self, house: str) -> list[Relation]:
        return [R.EXCLUDED] if house == RESTRICTED else [R.RESTRICTED, R.NAMED]

    def someone(self, role: RoleName) -> User:
        """Somebody new in a role."""
        code = WORKS_AT.get(role) or {"ctp": POLICE, "authority": COUNCIL, "channel": COUNCIL}.get(
            role.partition("_")[0]
        )
        return self.at(Agency.objects.get(code=code) if code else agency_for(role), role)

    def at(self, agency: Agency, role: RoleName) -> User:
        """Somebody new in a role at an agency, with words for a name and an e-mail address."""
        user: User = make_user(agency=agency, role=role, name="Wren", by=Agent.OPERATOR, now=NOW)
        name, email = (self.word_of(user, f"agencies.User.{each}") for each in ("name", "email"))
        called = {"name": f"Wren {name}", "email": f"{email}@officers.example"}
        within(do=lambda: user.changed(**called), by=Agent.OPERATOR, now=NOW)
        return user

    def word_of(self, user: User, field: str) -> str:
        """A word for a field of somebody, or of what is theirs alone."""
        return self.marks.word(field, partial(self.stands_to_user, user))

    def stands_to_user(self, user: User, role: str) -> Relation:
        """How somebody in the role stands to a colleague, or to what is a colleague's alone."""
        person = self.people[RoleName(role)]
        if person == user:
            return R.OWN
        return R.ELSEWHERE if set(person.agencies).isdisjoint(user.agencies) else R.HAS

    def stands_to_mail(self, agency: Agency, role: str) -> Relation:
        """How somebody in the role stands to an agency's mail."""
        return R.HAS if agency in self.people[RoleName(role)].agencies else R.ELSEWHERE

    def _far(self, side: str) -> User:
        referral = self._record(FAR).referral
        dispatch = dispatch_to_police(referral) if side == "police" else dispatch_to_authority(referral)
        return self.at(dispatch.agency, RoleName.CTP_SUPERVISOR if side == "police" else RoleName.AUTHORITY_SUPERVISOR)

    def _record(self, house: str) -> Record:
        return Record(house, self.marks, self.stands_to)

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
        if agency.pk not in self.others:
            role = RoleName.RESTRICTED_DESK_OFFICER if agency.is_restricted else RoleName.NATIONAL_DESK_SUPERVISOR
            self.others[agency.pk] = self.at(agency, role)
        return self.others[agency.pk]

    def _furnished(self, house: str, twin: Record) -> Record:
        record = self._record(house)
        for dispatch in (dispatch_to_police(record.referral), dispatch_to_authority(record.referral)):
            furnish_side(record, dispatch, self._far_agency(dispatch), self.at_side(dispatch))
        self._partnered(record, house)
        furnish_middle(record, twin, self.at_side(dispatch_to_authority(record.referral)))
        record.rows["access_id", None] = self._access(record, self._third(house), AccessKind.SHARE).pk
        return record

    def _partnered(self, record: Record, house: str) -> None:
        """Officers of the house own what the police keep themselves; a colleague is asked to take it over."""
        dispatch = dispatch_to_police(record.referral)
        by, role = self.at_side(dispatch), OWNS.get(house)
        owner, asked = (self.people[role], self.colleagues[role]) if role else (by, by)
        past = Past(by)
        partnered(record, dispatch, owner=owner, asked=asked, past=past)
        past.store()

    def _finished(self, record: Record) -> None:
        """The allegation about a referral is decided."""
        for task in record.referral.tasks.filter(kind=TaskKind.ALLEGATION):
            said = {"outcome": record.says("referrals.Task.outcome")}
            by = self.colleagues[RoleName.ALLEGATIONS_OFFICER]
            finish_task(task_id=task.pk, **said, by=by, now=NOW)

    def _third(self, house: str) -> User:
        return self.colleagues[RoleName.CTP_OFFICER if house == FAR else RoleName.AUDITOR]

    def _far_agency(self, dispatch: Dispatch) -> Agency:
        """To whom what is had elsewhere is offered without anybody here being asked."""
        kind = "police" if dispatch.agency.is_police else "authority"
        others = Agency.objects.filter(kind=kind).exclude(code__in=(POLICE, COUNCIL)).exclude(pk=dispatch.agency_id)
        return others.order_by("-code")[0]

    def _access(self, record: Record, to: User, kind: AccessKind, **more: Any) -> NamedAccess:
        by = to if kind == AccessKind.BREAK_GLASS else self.far_lead
        given: dict[str, Any] = {
            "reason": record.says("referrals.NamedAccess.reason"),
            "ends_at": None if kind == AccessKind.NAMED else NOW + timedelta(minutes=59),
            "now": NOW,
            **more,
        }
        where: dict[str, Any] = {"referral": record.referral, "agency": to.agencies[0]}
        return within(do=lambda: open_access(**where, to=to, kind=kind, by=by, **given), by=by, now=NOW)

    def _open(self) -> None:
        """To everybody, whatever their role: that a row stands there is not enough."""
        for relation, kind in OPENED.items():
            record = self.records[AREA, relation]
            for person in self.people.values():
                if relation == R.EXPIRED:
                    before = {"now": NOW - timedelta(hours=2), "ends_at": NOW - timedelta(hours=1)}
                    self._access(record, person, kind, **before)
                    continue
                access = self._access(record, person, kind)
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
            record = self._record(FAR)
            for dispatch in (dispatch_to_police(record.referral), dispatch_to_authority(record.referral)):
                side, by = dispatch.agency.is_police, self.at_side(dispatch)
                to = Agency.objects.get(code=police if side else council)
                made = offer(record, dispatch, to, by)
                within(do=partial(made.save, force_insert=True), by=Agent.OPERATOR, now=NOW)
                record.rows |= {
                    ("dispatch_id", side): dispatch.pk,
                    ("document_id", side): document(record, dispatch, by).pk,
                    ("offer_id", side): made.pk,
                }
            self.records[house, R.OFFERED] = record

    def _asked(self) -> None:
        """What others have, and about which they ask each house."""
        for house, police, council in (
            (AREA, POLICE, COUNCIL),
            (DESK, "national-police-desk", "national-authority-desk"),
            (RESTRICTED, "restricted-police-desk", "restricted-authority-desk"),
        ):
            record = self._record(FAR)
            for dispatch in (dispatch_to_police(record.referral), dispatch_to_authority(record.referral)):
                past = Past(self.at_side(dispatch))
                side = dispatch.agency.is_police
                asked(record, dispatch, Agency.objects.get(code=police if side else council), past)
                past.store()
            self.records[house, R.ASKED] = record

    def _give(self) -> None:
        """Both sides had it, and others have accepted it."""
        for house in (AREA, DESK):
            record = self.records[house, R.GAVE]
            open_ones = Offer.objects.filter(dispatch__referral=record.referral, state="offered")
            for each in open_ones.select_related("agency"):
                role = RoleName.CTP_OFFICER if each.agency.is_police else RoleName.AUTHORITY_LEAD
                accept_offer(offer_id=each.pk, by=self.at(each.agency, role), now=NOW)
        del self.records[RESTRICTED, R.GAVE]

    def _restrict(self) -> None:
        for house in (AREA, DESK):
            for relation in (R.RESTRICTED, R.NAMED):
                record = self.records[house, relation]
                self._kept_to_named(record)
                if relation == R.NAMED:
                    opened = self._access(record, self._third(house), AccessKind.SHARE)
                    record.rows["access_id", None] = opened.pk
                    for role, person in self.people.items():
                        if house_of(role) == house:
                            self._access(record, person, AccessKind.NAMED)

    def _kept_to_named(self, record: Record) -> None:
        police, council = dispatch_to_police(record.referral), dispatch_to_authority(record.referral)
        for each in Offer.objects.filter(dispatch__referral=record.referral, state="offered"):
            take_back_offer(offer_id=each.pk, reason=WHY, by=self.at_side(each.dispatch), now=NOW)
        restrict_record(
            dispatch_id=police.pk,
            named=[self.at_side(each).pk for each in (police, council)],
            reason=record.says("agencies.Restriction.reason"),
            by=self.at_side(police),
            now=NOW,
        )

    def _exclude(self) -> None:
        record = self.records[RESTRICTED, R.EXCLUDED]
        about = Restriction.objects.get(about=record.referral.pk)
        by = self.colleagues[RoleName.RESTRICTED_DESK_OFFICER]
        why: dict[str, Any] = {"ground": ExclusionGround.COLLEAGUE, "why": record.says("agencies.Exclusion.why")}
        for role, person in self.people.items():
            if house_of(role) == RESTRICTED:
                exclude = partial(exclude_user, restriction=about, user=person, **why, by=by, now=NOW)
                within(do=exclude, by=by, now=NOW)

    def _release(self) -> None:
        """What was restricted goes to the agencies of its area after all."""
        twin = self.twins[RESTRICTED]
        by, reason = self.colleagues[RoleName.RESTRICTED_DESK_OFFICER], twin.says("agencies.Restriction.release_reason")
        release_restriction(referral_id=twin.referral.pk, reason=reason, by=by, now=NOW)
        twin.houses.add(AREA)

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

    def stands_to(self, record: Record, side: bool | None, role: str) -> Relation:
        """How somebody in the role stands to a record: one that no relation names is their house's, or elsewhere."""
        house = house_of(role)
        found = (each for (where, each), other in self.records.items() if where == house and other is record)
        relation = next(found, R.HAS if house in record.houses else R.ELSEWHERE)
        mine = self.people[RoleName(role)].agencies[0].is_police
        return R.BESIDE if side is not None and side != mine and relation in TWO_SIDED else relation

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
