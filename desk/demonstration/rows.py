"""The rows of one imagined referral: what `submit_referral` and then the agencies' officers would have stored."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from agencies.geography import Gazetteer
from agencies.targets import DEFAULT, Targets
from agencies.working_days import calendar_of
from audit.agents import Agent
from desk.demonstration.familiar import FamiliarPlaces
from desk.demonstration.imagining import Imagined, Receipt
from desk.demonstration.instances import instance
from people.matching.described import Aside
from people.models import Person
from referrals.extracts import aside_of, person_details, referrer_details
from referrals.form import FORM_VERSION, is_immediate
from referrals.models import Dispatch, ReceivedBy, Referral, Referrer
from referrals.routing import Route, route
from referrals.states import DispatchState

REFERRER = Agent.REFERRER.pk


@dataclass(frozen=True)
class House:
    """What rows refer to: places to route by, agencies by code, and the officers of each agency."""

    places: Gazetteer
    agencies: Mapping[str, UUID]
    staff: Mapping[UUID, Sequence[UUID]]
    targets: Mapping[UUID | None, Targets] = field(default_factory=lambda: {None: DEFAULT})

    def receipt_due(self, code: str, referral: Referral) -> datetime:
        """When receipt is due of an agency, by its code."""
        targets = self.targets.get(self.agencies[code]) or self.targets[None]
        return targets.acknowledge_by(referral.submitted_at, immediate=referral.immediate, calendar=calendar_of(code))

    @cached_property
    def familiar(self) -> FamiliarPlaces:
        """The places, for many questions."""
        return FamiliarPlaces(self.places)

    def officer(self, agency: UUID, number: int) -> UUID | None:
        """One officer of the agency, the same for the same number; None where nobody works there."""
        staff = self.staff.get(agency, ())
        return staff[number % len(staff)] if staff else None


@dataclass
class Rows:
    """Rows of several referrals, table by table, in the order in which they can be stored."""

    persons: list[Person] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    referrers: list[Referrer] = field(default_factory=list)
    dispatches: list[Dispatch] = field(default_factory=list)


def rows_of(imagined: Iterable[Imagined], house: House) -> Rows:
    """The rows, with new ids and without references, which only the database can give.

    They have targets, but no alert and no reminder is ever due for them.

    Pure: asks no database.
    """
    rows, places = Rows(), house.familiar
    for each in imagined:
        decided = route(each.answers, places)
        person = instance(Person, person_details(each.answers))
        referral = _referral(each, person, decided, house)
        rows.persons.append(person)
        rows.asides.append(aside_of(each.answers, on=timezone.localdate(each.facts.submitted_at)))
        rows.referrals.append(referral)
        rows.referrers.append(
            instance(Referrer, {"referral_id": referral.pk, **referrer_details(each.answers)}, referral=referral)
        )
        for code, receipt in zip((decided.police, decided.authority), each.receipts, strict=True):
            rows.dispatches.append(_dispatch(referral, code, receipt, house))
    return rows


def _referral(each: Imagined, person: Person, decided: Route, house: House) -> Referral:
    officer = house.officer(house.agencies[decided.police], each.receipts[0].officer) if each.facts.entry else None
    columns = {
        "person_id": person.pk,
        # Nobody was shown a code: what is kept is the hash of none, unless the demonstration gives it one.
        "contact_code_hash": secrets.token_hex(32),
        "draft_id": uuid4(),
        "form_version": FORM_VERSION,
        "language": "cy" if each.facts.welsh else "en",
        "received_by": each.facts.entry or ReceivedBy.FORM.value,
        "submitted_at": each.facts.submitted_at,
        "submitted_by": officer or REFERRER,
        "entered_by_id": officer,
        "immediate": is_immediate(each.answers),
        "nation": decided.nation,
        "routed_how": decided.how.value,
        "flagged": decided.flagged,
        "answers": each.answers,
    }
    return instance(Referral, columns, person=person)


def _dispatch(referral: Referral, code: str, receipt: Receipt, house: House) -> Dispatch:
    agency = house.agencies[code]
    columns = {
        "referral_id": referral.pk,
        "agency_id": agency,
        "immediate": referral.immediate,
        "flagged": referral.flagged,
        "sent_at": referral.submitted_at,
        "sent_by": referral.submitted_by,
        "acknowledge_by": house.receipt_due(code, referral),
        **_receipt_columns(receipt, agency, house),
    }
    return instance(Dispatch, columns, referral=referral)


def _receipt_columns(receipt: Receipt, agency: UUID, house: House) -> dict[str, Any]:
    officer = house.officer(agency, receipt.officer)
    if not officer or not receipt.acknowledged_at:
        return {"state": DispatchState.SENT.value}
    columns: dict[str, Any] = {
        "state": DispatchState.ACKNOWLEDGED.value,
        "acknowledged_at": receipt.acknowledged_at,
        "acknowledged_by_id": officer,
    }
    if receipt.assigned_at:
        columns["assigned_at"], columns["assigned_by_id"] = receipt.assigned_at, officer
        columns["assigned_to_id"] = house.officer(agency, receipt.officer + 1)
    return columns
