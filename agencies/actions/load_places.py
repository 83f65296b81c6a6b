"""Bring the table of places to what a file of areas says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.areas import Area
from agencies.models import Place
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.bulk import create_in_bulk
from audit.refusals import Refused


@dataclass(frozen=True)
class Loaded:
    """How many rows a load made, corrected, and closed because the file no longer has them."""

    created: int
    changed: int
    closed: int


@action
def load_places(*, areas: Sequence[Area], by: Actor, now: datetime) -> Loaded:
    """Make the places equal to `areas`, a row being known by its code and first day.

    Set-based: one query, at most one statement, one ledger entry; nothing at all when nothing differs. A row
    that vanished from the file and was open is closed today, never deleted: the past must stay answerable.

    Raises:
        Forbidden: `by` may not load reference data.
        Refused: the file is empty, or names a row twice.
    """
    require(by, Permission.REFERENCE_DATA_LOAD)
    if not areas or len({(area.gss_code, area.valid_from) for area in areas}) < len(areas):
        raise Refused(_("The file of places is empty or names a place twice for the same day."))
    standing = {(place.gss_code, place.valid_from): place for place in Place.objects.select_for_update()}
    created, changed = _differing(areas, standing)
    closed = _vanished(areas, standing, today=timezone.localdate(now))
    # Rows that end go first: a code may be open once only, at every moment of the statement.
    rows = sorted([*closed, *changed, *created], key=lambda place: place.valid_to is None)
    if rows:
        create_in_bulk(Place, rows, now=now, update=Area._fields)
    return Loaded(created=len(created), changed=len(changed), closed=len(closed))


def _differing(areas: Sequence[Area], standing: dict[tuple[str, date], Place]) -> tuple[list[Place], list[Place]]:
    created, changed = [], []
    for area in areas:
        place = standing.get((area.gss_code, area.valid_from))
        if place is None:
            created.append(Place(**area._asdict()))
        elif any(getattr(place, name) != value for name, value in area._asdict().items()):
            changed.append(Place(id=place.id, **area._asdict()))
    return created, changed


def _vanished(areas: Sequence[Area], standing: dict[tuple[str, date], Place], *, today: date) -> list[Place]:
    kept = {(area.gss_code, area.valid_from) for area in areas}
    gone = [place for known, place in standing.items() if known not in kept and place.valid_to is None]
    for place in gone:
        place.valid_to = max(today, place.valid_from + timedelta(days=1))
    return gone
