"""Of which referrals contact is cleared, for the rows of a list."""

from collections.abc import Iterable
from uuid import UUID

from people.clearance import Cleared, how_cleared_among
from people.keeping import NOBODY
from referrals.models import Dispatch, Referral


def mark_cleared(dispatches: Iterable[Dispatch]) -> None:
    """Set `referral.cleared` of each, which has its referral at hand. One query however many there are."""
    rows = list(dispatches)
    cleared = how_cleared_among({dispatch.referral.person_id for dispatch in rows})
    for dispatch in rows:
        found = cleared.get(dispatch.referral.person_id, Cleared.NO)
        dispatch.referral.cleared = found  # type: ignore[attr-defined]  # for a page


def cleared_referrals(ids: Iterable[UUID]) -> dict[UUID, Cleared]:
    """Those of the referrals about whose persons contact is cleared, and how. Two queries, whichever they are."""
    persons = dict(Referral.objects.filter(pk__in={NOBODY, *ids}).values_list("pk", "person"))
    cleared = how_cleared_among(persons.values())
    return {pk: cleared[person] for pk, person in persons.items() if person in cleared}
