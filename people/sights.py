"""What of a match a reader may see: all of it, what another area has shown them, that it exists, or nothing.

A match on a restricted person is for those who have that person, and for FIMU: nobody else learns of it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from agencies.models import RESTRICTED_KINDS, Agency, AgencyKind, User
from agencies.permissions import Permission, agencies_where
from people.keeping import (
    NOBODY,
    agencies_keeping,
    agencies_worked,
    hidden_persons,
    readable_persons,
    restricted_persons,
)
from people.models import Match, MatchAsking, Person
from people.records import record_of
from people.states import AskingState, MatchState


class Sight(StrEnum):
    """How much of the other person a reader sees."""

    WHOLE = "whole"
    OPENED = "opened"  # what is compared, since whoever has them accepted
    PREVIEW = "preview"  # that a record exists, which agency has it, whom to ask


@dataclass(frozen=True)
class Seen:
    """A match from the side of `mine`, whom the reader has, or whom FIMU is shown first.

    `holders` have the other person. `askings` is what an agency of the reader has asked them, `asked` what others
    have asked about whom the reader works, the earliest first. `works` says whether the reader may decide at all,
    `reads_mine` and `reads_other` whether the referrals themselves are theirs to read: FIMU reads neither.
    """

    match: Match
    mine: UUID
    other: UUID
    sight: Sight
    holders: list[Agency]
    askings: list[MatchAsking]
    asked: list[MatchAsking]
    works: bool
    reads_mine: bool
    reads_other: bool

    @property
    def asking(self) -> MatchAsking | None:
        """What an agency of the reader has asked, and stands."""
        return next((row for row in self.askings if row.is_standing), None)

    @property
    def was_asked(self) -> bool:
        """Whether the other agency was asked, and nobody has withdrawn that."""
        return any(row.state != AskingState.WITHDRAWN for row in self.askings)

    @property
    def waits_for_answer(self) -> bool:
        """Whether the other agency was asked, and has not said whether it shows more."""
        return any(row.state == AskingState.ASKED for row in self.askings)

    @property
    def asked_of_us(self) -> list[MatchAsking]:
        """What others ask, and stands."""
        return [row for row in self.asked if row.is_standing]

    @property
    def compares(self) -> bool:
        """Whether the two are shown side by side."""
        return self.sight != Sight.PREVIEW

    @property
    def may_say(self) -> frozenset[str]:
        """What the reader can say of it now. Of whom one has seen nothing, one can say nothing: one asks."""
        if not self.works or not self.compares:
            return frozenset()
        return Match.states.stages[self.match.state].to - {MatchState.WAITING}

    @property
    def may_ask(self) -> bool:
        """Whether another area has the other, and the reader can ask to see more and nobody of theirs has."""
        return self.works and not self.compares and not self.was_asked

    @property
    def may_undo(self) -> bool:
        """Whether it is confirmed, and the reader can undo that: to part two shows nothing of either."""
        return self.works and self.match.state == MatchState.CONFIRMED


def matches_about(persons: Collection[UUID]) -> QuerySet[Match]:
    """Every match of these persons, the likely ones first. Scoped to no reader."""
    found = Match.objects.filter(Q(one__in=persons) | Q(other__in=persons))
    return found.order_by("band", "found_at", "id")


def seen_of(reader: User, person: UUID) -> list[Seen]:
    """What the reader may know of who else a person may be, from that person's side.

    As many statements whether or not there is something to be kept from the reader.
    """
    matches = list(matches_about([person]))
    return [seen for seen in see(reader, matches, besides=[person]) if person in (seen.mine, seen.other)]


def seen_of_record(reader: User, person: Person) -> list[Seen]:
    """The same of who else everybody on the person's record may be: whoever they are, the person is."""
    persons = set(record_of(person).values_list("pk", flat=True))
    return see(reader, matches_about(persons).exclude(one__in=persons, other__in=persons), besides=persons)


def match_seen(reader: User, match_id: UUID) -> Seen:
    """What the reader sees of one match.

    Raises Match.DoesNotExist alike for one that is absent and one of which they may not know, by the same statements.
    """
    match = Match.objects.filter(pk=match_id).first() or _nobodys(match_id)
    return _only(see(reader, [match]))


def asking_seen(reader: User, asking_id: UUID) -> tuple[MatchAsking, Seen]:
    """What one area asks another, and what the reader sees of the match: for those who ask and those who are asked.

    Raises Match.DoesNotExist alike for one that is absent and one of which they may not know, by the same statements.
    """
    found = MatchAsking.objects.filter(pk=asking_id).select_related("match").first()
    seen = _only(see(reader, [found.match if found else _nobodys(asking_id)]))
    for row in (*seen.askings, *seen.asked):
        if row.pk == asking_id:
            row.match = seen.match
            return row, seen
    raise Match.DoesNotExist


def _nobodys(pk: UUID) -> Match:
    """A match of two whom nobody has, asked about where there is none."""
    return Match(pk=pk, one_id=pk, other_id=UUID(int=pk.int ^ 1))


def _only(found: list[Seen]) -> Seen:
    if not found:
        raise Match.DoesNotExist
    return found[0]


def see(reader: User, matches: Iterable[Match], *, besides: Collection[UUID] = ()) -> list[Seen]:
    """Each of the matches of which the reader may know, in the same order. Seven statements, however many.

    `besides` are persons to ask about in any case, so that no statement is spared where there is no match.
    """
    asked = list(matches)
    eyes = _Eyes(reader, {*besides, *(pk for match in asked for pk in match.persons)})
    askings: dict[UUID, list[MatchAsking]] = {}
    # Asked also where there is no match: a statement that is spared would tell that none is kept from the reader.
    rows = MatchAsking.objects.filter(match__in=[NOBODY, *(match.pk for match in asked)])
    for row in rows.select_related("agency", "asked_by", "answered_by", "withdrawn_by").order_by("asked_at", "id"):
        askings.setdefault(row.match_id, []).append(row)
    first = set(besides)
    found = [eyes.look(match, askings.get(match.pk, []), first) for match in asked]
    return [seen for seen in found if seen is not None]


class _Eyes:
    """What a reader may know of some persons."""

    def __init__(self, reader: User, persons: set[UUID]) -> None:
        among = sorted(persons)
        self.readable = readable_persons(reader, among)
        self.worked = agencies_worked(reader, among, Permission.MATCH_DECIDE)
        self.restricted = restricted_persons(among)
        self.hidden = hidden_persons(reader, among)
        self.keeping = agencies_keeping(among)
        self.checks = agencies_where(reader, Permission.MATCH_CHECK)

    def look(self, match: Match, askings: list[MatchAsking], first: set[UUID]) -> Seen | None:
        """The match from the side of whom the reader has; None where they may not know of it."""
        if self.hidden & {*match.persons}:
            return None
        sides = sorted(match.persons, key=lambda pk: (pk not in first, pk))
        mine = next((pk for pk in sides if pk in self.readable), sides[0])
        other = match.beside(mine)
        ours = [row for row in askings if row.about_id == other and self._is_ours(row, mine)]
        accepted = any(row.state == AskingState.ACCEPTED for row in ours)
        sight = self._sight(match, mine, other, accepted=accepted)
        if sight is None:
            return None
        return Seen(
            match,
            mine,
            other,
            sight,
            holders=[agency for agency in self.keeping.get(other, []) if agency.kind not in RESTRICTED_KINDS],
            askings=ours,
            asked=[row for row in askings if row not in ours and row.about_id in self.worked],
            works=self._works(match),
            reads_mine=mine in self.readable,
            reads_other=other in self.readable,
        )

    def _sight(self, match: Match, mine: UUID, other: UUID, *, accepted: bool) -> Sight | None:
        if {mine, other} <= self.readable or self._checks(match):
            return Sight.WHOLE
        if mine not in self.worked or other in self.restricted or other not in self.keeping:
            return None
        if mine in self.restricted:  # to ask would tell the others that there is something to ask about
            return Sight.WHOLE
        return Sight.OPENED if accepted else Sight.PREVIEW

    def _works(self, match: Match) -> bool:
        """Whether they work one of the two; of a restricted one, that one itself: to read it by name is not enough."""
        needed = self.restricted & {*match.persons} or {*match.persons}
        return bool(self.worked.keys() & needed) or self._checks(match)

    def _checks(self, match: Match) -> bool:
        """Whether FIMU decides it, and the reader is of FIMU where one of the two is, or of the national desk."""
        if not self.checks or not self.restricted & {*match.persons}:
            return False
        has_one = {agency.pk for pk in match.persons for agency in self.keeping.get(pk, [])}
        national = any(agency.kind == AgencyKind.NATIONAL_POLICE_DESK for agency in self.checks)
        return national or any(agency.pk in has_one for agency in self.checks)

    def _is_ours(self, asking: MatchAsking, mine: UUID) -> bool:
        return any(agency.pk == asking.agency_id for agency in self.worked.get(mine, []))
