"""What entries hold beyond their columns, and what became of it where that cannot be read any more."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from agencies.models import User
from audit.keys import HOUSE, HouseKeyGone, KeyDestroyed, load_keys
from audit.ledger import read_payload
from audit.models import Entry
from desk.audit.selectors import entries_for

Kind = Entry.Kind
# What the database and its migrations write says nothing beyond its columns.
PLAIN = {Kind.REDACTED, Kind.MIGRATED, Kind.MIGRATION_UNDONE}
# Of what a row sealed, nothing is shown where it was disposed of, and nothing where it was changed.
UNREADABLE = (KeyDestroyed, InvalidTag, ValueError)


class Held(NamedTuple):
    """What an entry holds; or since when that is taken away, or that it was changed past the house."""

    details: Mapping[str, Any]
    redacted_at: datetime | None = None
    changed: bool = False


class Redacted(NamedTuple):
    """What a redaction took away: what one entry held, if the reader may know of it, or so many about a person."""

    entry: Entry | None
    many: int


CHANGED = Held({}, changed=True)


def held_by(entries: list[Entry]) -> list[Held]:
    """What each of the entries holds, in their order. At most two queries."""
    load_keys({entry.subject or HOUSE for entry in entries})
    redacted = _redacted_at([entry for entry in entries if _is_empty(entry)])
    times = Counter(entry.pk for entry in entries)
    return [_held(entry, redacted) if times[entry.pk] == 1 else CHANGED for entry in entries]


def _held(entry: Entry, redacted: Mapping[int, datetime]) -> Held:
    if entry.kind not in Kind.values:
        return CHANGED
    if _is_empty(entry):
        at = redacted.get(entry.pk)
        return Held({}, redacted_at=at, changed=at is None)
    if entry.kind in PLAIN:
        return Held({})
    if (entry.payload.key_of, entry.payload.at) != (entry.subject or HOUSE, entry.at):
        return CHANGED
    try:
        return Held(read_payload(entry))
    except UNREADABLE as why:
        disposed_of = isinstance(why, KeyDestroyed) and not isinstance(why, HouseKeyGone)
        return Held({}) if disposed_of else CHANGED


def _is_empty(entry: Entry) -> bool:
    """Whether it holds nothing, although it was written with something."""
    return entry.kind not in PLAIN and not hasattr(entry, "payload")


def _redacted_at(entries: list[Entry]) -> dict[int, datetime]:
    """When what they held was taken away, of those of which the ledger says so: of each, or of all about its person."""
    if not entries:
        return {}
    of_one = Q(redacts__in=[entry.pk for entry in entries])
    of_all = Q(redacts=None, subject__in={entry.subject or HOUSE for entry in entries})
    one: dict[int, datetime] = {}
    every: dict[UUID, list[tuple[int, datetime]]] = defaultdict(list)
    for said in Entry.objects.filter(of_one | of_all, kind=Kind.REDACTED).order_by("pk"):
        if said.redacts is not None:
            one[said.redacts] = said.at
        elif said.subject:
            every[said.subject].append((said.pk, said.at))
    found = dict(one)
    for entry in entries:
        later = (at for pk, at in every[entry.subject or HOUSE] if pk > entry.pk)
        if entry.pk not in found and (at := next(later, None)):
            found[entry.pk] = at
    return found


def redacted_by(reader: User, entries: Iterable[Entry]) -> dict[int, Redacted]:
    """What the redactions among the entries took away. At most two queries."""
    said = [entry for entry in entries if entry.kind == Kind.REDACTED]
    if not said:
        return {}
    one = entries_for(reader).in_bulk([entry.redacts for entry in said if entry.redacts is not None])
    empty = entries_for(reader).filter(subject=OuterRef("subject"), pk__lt=OuterRef("pk"), payload=None)
    counted = empty.exclude(kind=Kind.REDACTED).order_by().values("subject").annotate(number=Count("pk"))
    rows = Entry.objects.filter(pk__in=[entry.pk for entry in said]).annotate(
        number=Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)
    )
    numbers = dict(rows.values_list("pk", "number"))
    return {entry.pk: Redacted(one.get(entry.redacts or 0), numbers.get(entry.pk, 0)) for entry in said}
