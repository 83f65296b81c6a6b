"""Writing beside a person, for tests: what an officer writes who says nothing special."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from agencies.models import Agency, User
from people.actions.add_address import add_address
from people.actions.add_name import add_name
from people.actions.add_relationship import add_relationship
from people.actions.record_contact import record_contact
from people.actions.record_not_told import record_not_told
from people.actions.record_told import record_told
from people.actions.record_whereabouts import record_whereabouts
from people.actions.strike_out import strike_out
from people.clearance import is_cleared
from people.models import (
    Address,
    AddressKind,
    AwayKind,
    Contact,
    ContactHow,
    ContactWith,
    NameKind,
    NoticeFor,
    NoticeLanguage,
    NotTold,
    PersonName,
    PlannedContact,
    Readers,
    Relationship,
    RelationshipKind,
    Telling,
    ToldWhom,
    Whereabouts,
    Written,
)
from referrals.models import Referral
from tests.making import cleared
from tests.people.planning import planned

NOW = datetime(2026, 3, 4, 11, 30, tzinfo=UTC)
WHY = "It is the name of another pupil."


def _given(person: UUID, by: User, agency: Agency | None, said: dict[str, Any]) -> dict[str, Any]:
    for_agency = agency or by.agencies[0]
    return {"person_id": person, "agency_id": for_agency.pk, "readers": Readers.AGENCY, "by": by, "now": NOW, **said}


def named(person: UUID, by: User, *, agency: Agency | None = None, **said: Any) -> PersonName:
    """Another name."""
    return add_name(**_given(person, by, agency, {"kind": NameKind.ALIAS, "name": "Zeb", "source": "", **said}))


def housed(person: UUID, by: User, *, agency: Agency | None = None, **said: Any) -> Address:
    """An address."""
    told = {"kind": AddressKind.HOME, "lines": "4 Cobbler’s Row", "postcode": "S70 2AB", "since": None, "until": None}
    return add_address(**_given(person, by, agency, {**told, **said}))


def related(person: UUID, by: User, *, agency: Agency | None = None, **said: Any) -> Relationship:
    """A relationship."""
    told = {"kind": RelationshipKind.SIBLING, "name": "Halina Ó Briain", "reach": "01632 960001"}
    return add_relationship(**_given(person, by, agency, {**told, **said}))


def rang(person: UUID, by: User, *, agency: Agency | None = None, **said: Any) -> Contact:
    """A contact."""
    told = {
        "with_whom": ContactWith.FAMILY, "whom": "His mother", "day": date(2026, 3, 3), "clock": time(9, 15),
        "how": ContactHow.TELEPHONE, "maker": by.name, "reached": True, "outcome": "She will call back.",
    }  # fmt: skip
    return record_contact(**_given(person, by, agency, {**told, **said}))


def told(person: UUID, by: User, *, agency: Agency | None = None, **said: Any) -> Telling:
    """That they were told."""
    given = {
        "whom": ToldWhom.PERSON, "day": date(2026, 3, 3), "how": ContactHow.VISIT, "teller": by.name,
        "notices": [NoticeFor.YOUNG_PERSON], "language": NoticeLanguage.WELSH, "words": "He asked who had said it.",
    }  # fmt: skip
    return record_told(**_given(person, by, agency, {**given, **said}))


def not_told(person: UUID, by: User, *, agency: Agency | None = None, **said: Any) -> Telling:
    """That nobody has told them."""
    given = {
        "why_not": NotTold.NOT_DECIDED, "words": "We wait for the panel.", "review_on": date(2026, 4, 1),
    }  # fmt: skip
    return record_not_told(**_given(person, by, agency, {**given, **said}))


def away(person: UUID, by: User, *, agency: Agency | None = None, **said: Any) -> Whereabouts:
    """Where they are who are away."""
    given = {
        "kind": AwayKind.CUSTODY, "place": "HMP Thornmere", "back_on": date(2026, 9, 1), "review_on": date(2026, 4, 1),
    }  # fmt: skip
    return record_whereabouts(**_given(person, by, agency, {**given, **said}))


def to_come(person: UUID, by: User, *, agency: Agency | None = None, **said: Any) -> PlannedContact:
    """Contact that is to come, for which the police clear it where they have not."""
    if not is_cleared(person):
        cleared(Referral.objects.get(person=person))
    return planned(
        person, by, agency_id=(agency or by.agencies[0]).pk, **{"readers": Readers.AGENCY, "now": NOW, **said}
    )


KINDS: tuple[Callable[..., Written], ...] = (named, housed, related, rang, to_come, told, away)


def struck(row: Written, by: User, *, reason: str = WHY) -> Written:
    """The row, struck out."""
    return strike_out(written_id=row.pk, reason=reason, by=by, now=NOW)


def person_now(referral: Referral) -> UUID:
    """Whom a referral is about now."""
    found: UUID = Referral.objects.values_list("person_id", flat=True).get(pk=referral.pk)
    return found
