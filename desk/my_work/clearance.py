"""Whether contact is cleared about what stands on a home page: asked once for the whole page."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from desk.my_work.shape import CLEARED, CLEARED_WITH_CONDITIONS, NOT_CLEARED, Row, Shown
from people.clearance import Cleared
from referrals.cleared import cleared_referrals


def with_clearance(work: Iterable[Shown]) -> list[Shown]:
    """The same sections; a row that says *not cleared* of a referral that is cleared says that. Two queries."""
    sections = list(work)
    asked = {row.listed[0] for section in sections for row in section.rows if NOT_CLEARED in row.tags}
    cleared = cleared_referrals(asked) if asked else {}
    return [replace(section, rows=[_tagged(row, cleared) for row in section.rows]) for section in sections]


def _tagged(row: Row, cleared: Mapping[UUID, Cleared]) -> Row:
    if NOT_CLEARED not in row.tags or row.listed[0] not in cleared:
        return row
    conditions = cleared[row.listed[0]] == Cleared.WITH_CONDITIONS
    said = CLEARED_WITH_CONDITIONS if conditions else CLEARED
    return replace(row, tags=tuple(said if tag == NOT_CLEARED else tag for tag in row.tags))
