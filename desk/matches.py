"""Possible matches as pages show them: with the persons and referrals that their reader may see."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from django.db.models import Q, QuerySet

from agencies.models import Agency, AgencyKind, User
from agencies.permissions import Permission, agencies_where, can
from agencies.restricted import restricted_now, works_at_restricted_desk
from audit.keys import load_keys
from people.keeping import NOBODY
from people.models import Match, MatchAsking, MatchBand, MatchDecision, Person
from people.sights import Seen, see, seen_of
from people.states import AskingState, MatchState
from referrals.models import Dispatch, Referral
from referrals.models.dispatch import STANDING
from referrals.selectors import dispatches_of

# So many that wait a page has at least, if there are so many, and looks through at once.
LOOKED_AT = 200


@dataclass(frozen=True)
class ShownMatch:
    """A match, and of each of the two what its reader may see: nothing of whom another area only previews."""

    seen: Seen
    mine: Person
    other: Person | None
    referral: Referral | None
    other_referral: Referral | None

    @property
    def match(self) -> Match:
        """The pair itself."""
        return self.seen.match


def matches_shown(reader: User, person: UUID) -> list[ShownMatch]:
    """Who else a person may be, as far as the reader may know; for those who read matches at all."""
    return shown(seen_of(reader, person)) if can(reader, Permission.MATCH_READ) else []


def _knows_what_was_kept(reader: User) -> bool:
    return works_at_restricted_desk(reader) or can(reader, Permission.MATCH_CHECK)


def told_in_timeline(reader: User, rows: Iterable[ShownMatch]) -> list[UUID]:
    """The ids of the matches and of what was asked about them of which a timeline may tell the reader. One query."""
    listed = list(rows)
    kept: set[UUID] = set()
    if not _knows_what_was_kept(reader):
        said = MatchDecision.objects.filter(match__in=[NOBODY, *(row.match.pk for row in listed)], kept=True)
        kept = set(said.values_list("match_id", flat=True))
    asked = [asking.pk for row in listed for asking in (*row.seen.askings, *row.seen.asked)]
    return [*(row.match.pk for row in listed if row.match.pk not in kept), *asked]


def shown(seen: Iterable[Seen]) -> list[ShownMatch]:
    """The matches with persons and referrals at hand. Two queries."""
    listed = list(seen)
    visible = {each.mine for each in listed} | {each.other for each in listed if each.compares}
    persons = Person.objects.in_bulk(visible)
    referrals = {row.person_id: row for row in Referral.objects.filter(person__in=visible).order_by("submitted_at")}
    return [
        ShownMatch(
            each,
            persons[each.mine],
            persons.get(each.other) if each.compares else None,
            referrals.get(each.mine),
            referrals.get(each.other) if each.compares else None,
        )
        for each in listed
    ]


def waiting_for(reader: User, *, band: str = "") -> list[Seen]:
    """The matches that wait for the reader, the oldest first: of what their agencies have, or FIMU's.

    Of somebody whom another area has, until they are asked to show more, where it is likely. At least `LOOKED_AT`,
    or all.
    """
    waiting = Match.objects.filter(_told(reader), state=MatchState.WAITING)
    if band:
        waiting = waiting.filter(band=band)
    waiting = waiting.filter(_concerning(reader)).order_by("found_at", "id")
    found: list[Seen] = []
    for start in count(0, LOOKED_AT):
        batch = list(waiting[start : start + LOOKED_AT])
        found += [seen for seen in see(reader, batch) if seen.may_say or _is_to_be_asked(seen)]
        if len(batch) < LOOKED_AT or len(found) >= LOOKED_AT:
            return found
    raise AssertionError("What is counted has no end.")


def _is_to_be_asked(seen: Seen) -> bool:
    return seen.may_ask and seen.match.band == MatchBand.LIKELY


def _concerning(reader: User) -> Q:
    """Where one of the two is of a referral that an agency of the reader has; for FIMU's national desk, all."""
    if any(agency.kind == AgencyKind.NATIONAL_POLICE_DESK for agency in agencies_where(reader, Permission.MATCH_CHECK)):
        return Q()
    agencies = [
        *agencies_where(reader, Permission.MATCH_DECIDE),
        *agencies_where(reader, Permission.MATCH_CHECK),
    ]
    theirs = Referral.objects.filter(dispatches__in=_standing(agencies)).values("person_id")
    return Q(one__in=theirs) | Q(other__in=theirs)


def _told(reader: User) -> Q:
    """Of FIMU, what is restricted; of others, what they may know of: no row that is hidden takes another's place."""
    walled = Referral.objects.filter(pk__in=restricted_now())
    if agencies_where(reader, Permission.MATCH_CHECK):
        kept = walled.values("person_id")
        return Q(one__in=kept) | Q(other__in=kept)
    unknown = walled.exclude(pk__in=dispatches_of(reader).values("referral_id")).values("person_id")
    return ~Q(one__in=unknown) & ~Q(other__in=unknown)


def _standing(agencies: Collection[Agency]) -> QuerySet[Dispatch]:
    return Dispatch.objects.filter(STANDING, agency__in=agencies)


def askings_for(reader: User) -> list[MatchAsking]:
    """What other areas ask about the persons whom the reader's agencies have, and waits for an answer."""
    theirs = agencies_where(reader, Permission.MATCH_DECIDE)
    found = MatchAsking.objects.filter(
        state=AskingState.ASKED, about__in=Referral.objects.filter(dispatches__in=_standing(theirs)).values("person_id")
    )
    rows = list(found.select_related("match", "agency", "asked_by").order_by("asked_at", "id")[:LOOKED_AT])
    known = {asking.pk for seen in see(reader, [row.match for row in rows]) for asking in seen.asked_of_us}
    return [row for row in rows if row.pk in known]


def asked_by(reader: User) -> list[MatchAsking]:
    """What agencies of the reader have asked other areas, and is not answered, the earliest first."""
    ours = agencies_where(reader, Permission.MATCH_DECIDE)
    found = MatchAsking.objects.filter(state=AskingState.ASKED, agency__in=ours)
    rows = list(found.select_related("match", "agency").order_by("asked_at", "id")[:LOOKED_AT])
    known = {asking.pk for seen in see(reader, [row.match for row in rows]) for asking in seen.askings}
    return [row for row in rows if row.pk in known]


def decisions_on(reader: User, match: Match) -> list[MatchDecision]:
    """What officers have said of a match, the latest first, with their names.

    What was said while one of the two was restricted stays with the restricted desks, FIMU and whoever said it.
    """
    rows = list(match.decisions.select_related("decided_by").order_by("-decided_at", "id"))
    if not _knows_what_was_kept(reader):
        rows = [row for row in rows if not row.kept or row.decided_by_id == reader.pk]
    load_keys({match.one_id})
    for row in rows:
        row.match = match
    return rows
