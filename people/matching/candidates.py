"""Who of all persons may be somebody: found by PostgreSQL, weighed here.

Whom a reader may see is not asked here: every person is looked at, restricted ones and those of other areas. Only
actions and pages that scope what they show may call this.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from people.matching.described import Described
from people.matching.evidence import Band, Evidence
from people.matching.keys import codes_of
from people.matching.remembering import forget
from people.matching.scoring import compare
from people.matching.searching import find_rows
from people.models import SearchRow

# How many an officer is offered at most.
OFFERED = 20


@dataclass(frozen=True)
class Candidate:
    """An earlier or later person who may be the same human being, and what speaks for and against it."""

    person: UUID
    band: Band
    evidence: tuple[Evidence, ...]


def candidates_for(person_id: UUID, *, at_most: int | None = OFFERED) -> list[Candidate]:
    """Who may be this person, the likeliest first; likely and possible ones only. Three statements.

    Not scoped to any reader. Raises SearchRow.DoesNotExist where there is no such person.
    """
    row = SearchRow.objects.get(person=person_id)
    return candidates_like(described_by(row), besides=person_id, at_most=at_most)


def bands_with(person_id: UUID, others: Iterable[UUID]) -> dict[UUID, Band]:
    """What speaks for a person's being each of these others, whether or not a search would bring them. One statement.

    Not scoped to any reader. Somebody without a search row is left out.
    """
    rows = SearchRow.objects.filter(person__in=[person_id, *others])
    told = {row.person_id: described_by(row) for row in rows}
    mine = told.pop(person_id)
    found = {pk: compare(mine, other).band for pk, other in told.items()}
    forget()
    return found


def described_by(row: SearchRow) -> Described:
    """What a search row says of its person."""
    return Described(row.given, row.family, row.other, row.born, row.born_about, row.postcode, row.facts)


def candidates_like(
    person: Described, *, besides: UUID | None = None, at_most: int | None = OFFERED
) -> list[Candidate]:
    """As `candidates_for`, for somebody who need not be stored. Two statements; of equal weight the lower id first."""
    found = [(compare(person, other), pk) for pk, other in find_rows(person, codes_of(person.words)) if pk != besides]
    forget()
    kept = sorted((-compared.weight, pk, compared) for compared, pk in found if compared.band != Band.NONE)
    return [Candidate(pk, compared.band, compared.evidence) for _weight, pk, compared in kept[:at_most]]
