"""A second or later referral of the same person: what a reader may know of the others."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from agencies.models import RESTRICTED_KINDS, Agency, User
from people.keeping import NOBODY, agencies_keeping, readable_persons
from people.records import records_known_to, records_of
from referrals.beside import concerns
from referrals.models import Dispatch, Referral


@dataclass(frozen=True)
class Repeat:
    """The other referrals of whoever officers confirmed to be the same person: what the banner says.

    `earlier` and `later` are those the reader may read; `elsewhere` are the agencies that have others. Those of one day
    that were joined as the same concern count as one: `times` is the number of the earlier ones.
    """

    earlier: list[Referral] = field(default_factory=list)
    later: list[Referral] = field(default_factory=list)
    elsewhere: list[Agency] = field(default_factory=list)
    times: int = 0

    def __bool__(self) -> bool:
        return bool(self.earlier or self.later or self.elsewhere)


def repeats_of(reader: User, referrals: Collection[Referral]) -> dict[UUID, Repeat]:
    """For each referral, by id, what the reader may know of the others; their persons must be at hand.

    As many statements whatever is kept from the reader, for however many referrals.
    """
    asked = list(referrals)
    records = records_known_to(reader, {each.person_id: each.person for each in asked}.values())
    members = {pk for record in records.values() for pk in record}
    readable, keeping = readable_persons(reader, members), agencies_keeping(members)
    known = list(Referral.objects.filter(person__in=members or {NOBODY}).order_by("submitted_at", "pk"))
    count_as_one = _Concerns([*known, *asked])
    found = {}
    for each in asked:
        others = [other for other in known if other.person_id in records[each.person_id] - {each.person_id}]
        others = [other for other in others if not count_as_one(each, other)]
        theirs = [other for other in others if other.person_id in readable]
        earlier = [other for other in theirs if _at(other) < _at(each)]
        found[each.pk] = Repeat(
            earlier,
            later=[other for other in theirs if _at(other) > _at(each)],
            elsewhere=_agencies({other.person_id for other in others} - readable, keeping),
            times=_number_of(earlier, count_as_one),
        )
    return found


def _number_of(referrals: list[Referral], count_as_one: "_Concerns") -> int:
    return sum(not any(count_as_one(each, before) for before in referrals[:at]) for at, each in enumerate(referrals))


class _Concerns:
    """Which referrals count as one: two reports of one concern on one day, which an officer has joined."""

    def __init__(self, referrals: Collection[Referral]) -> None:
        self.of = concerns({each.pk for each in referrals})

    def __call__(self, one: Referral, other: Referral) -> bool:
        days = {timezone.localdate(each.submitted_at) for each in (one, other)}
        return self.of[one.pk] == self.of[other.pk] and len(days) == 1


def mark_repeats(reader: User, dispatches: Collection[Dispatch]) -> None:
    """Set `repeat` on the referrals of a list whose rows show whether there are others of the same person."""
    found = repeats_of(reader, [dispatch.referral for dispatch in dispatches])
    for dispatch in dispatches:
        dispatch.referral.repeat = found[dispatch.referral_id]  # type: ignore[attr-defined]  # for the list alone


def repeated(reader: User, among: Collection[UUID | str]) -> set[UUID]:
    """Those among the referrals with these ids that have others of the same person, as far as the reader may know."""
    asked = list(Referral.objects.filter(pk__in=among).select_related("person"))
    return {pk for pk, repeat in repeats_of(reader, asked).items() if repeat} if asked else set()


def is_one_of_several(referral: Referral) -> bool:
    """Whether its person was referred at another time too, whoever knows of it: then two people close it.

    Before or since: the first is closed with what is known of the second. Scoped to no reader.
    """
    record = records_of([referral.person])[referral.person_id]
    others = Referral.objects.filter(person__in=record).exclude(pk=referral.pk)
    count_as_one = _Concerns([referral, *others])
    return any(not count_as_one(referral, other) for other in others)


def _at(referral: Referral) -> tuple[object, UUID]:
    return referral.submitted_at, referral.pk


def _agencies(persons: set[UUID], keeping: dict[UUID, list[Agency]]) -> list[Agency]:
    found = {agency.pk: agency for pk in persons for agency in keeping.get(pk, [])}
    return sorted(
        (agency for agency in found.values() if agency.kind not in RESTRICTED_KINDS),
        key=lambda agency: (agency.name, agency.pk),
    )
