"""Who is contacted together: whoever is on one record, or whose referrals were joined as one concern."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone

from people.clearance import joins_contact

_TOGETHER = """
WITH RECURSIVE reached (start, person) AS (
    SELECT asked, asked FROM unnest(%s::uuid[]) AS asked
    UNION
    SELECT reached.start, near.person FROM reached CROSS JOIN LATERAL (
        SELECT other.person_id
        FROM referrals_referral mine
        JOIN referrals_join j ON j.undone_at IS NULL AND mine.id IN (j.earlier_id, j.later_id)
        JOIN referrals_referral other ON other.id IN (j.earlier_id, j.later_id)
        WHERE mine.person_id = reached.person
        UNION ALL
        SELECT other.id FROM people_person me JOIN people_person other ON other.record_id = me.record_id
        WHERE me.id = reached.person
    ) AS near (person)
)
SELECT start, person, EXISTS (
    SELECT FROM people_clearance c WHERE c.person_id = person AND c.ended_at IS NULL AND c.review_on >= %s
) FROM reached
"""


def together_with(persons: Collection[UUID], *, on: date) -> dict[UUID, dict[UUID, bool]]:
    """Each of the persons, and everybody who is contacted with them: whether a clearance of each stands on that day.

    Themselves among them. Joined is whatever a chain of joins and records connects. One query. Scoped to no reader.
    """
    found: dict[UUID, dict[UUID, bool]] = {person: {} for person in persons}
    with connection.cursor() as cursor:
        cursor.execute(_TOGETHER, [list(persons), on])
        for start, person, stands in cursor.fetchall():
            found[start][person] = stands
    return found


@joins_contact
def in_contact_with(persons: Collection[UUID]) -> set[UUID]:
    """Everybody who is contacted with any of these persons. One query. Scoped to no reader."""
    return {other for each in together_with(persons, on=timezone.localdate()).values() for other in each}
