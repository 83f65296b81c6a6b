"""The ledger beside its shadow: what PostgreSQL's triggers saw of every row, and what the house says that it did.

Both are written in one transaction, which a row's system column `xmin` names; where a test keeps all of its actions in
one transaction of its own, it names the savepoint of each. Where a model has no history its rows tell less: whether the
last that was written of each is on the ledger, and whether what was made and not deleted is there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection
from pghistory.models import Event

from audit.agents import Agent
from audit.context import recording
from audit.fields import SealedField
from audit.keys import HOUSE, KeyDestroyed, load_keys
from audit.ledger import read_payload
from audit.models import Entry, Recorded

Kind = Entry.Kind
SAW = {Kind.CREATED: "insert", Kind.CHANGED: "update"}
HISTORIES: list[Any] = [each for each in apps.get_models() if issubclass(each, Event)]
_SHADOWED = {each.pgh_tracked_model for each in HISTORIES}
PLAIN: list[Any] = [
    each
    for each in apps.get_models()
    if issubclass(each, Recorded) and each not in _SHADOWED and getattr(each.Privacy, "ledger", True)  # type: ignore[attr-defined]  # a test says every model declares it
]


class Deed(NamedTuple):
    """What happened to one object in one transaction."""

    transaction: int
    model: str
    pk: UUID
    label: str


@dataclass
class Account:
    """What one of the two says: each deed with the fields that changed, and how many rows were written as a set."""

    deeds: dict[Deed, set[str]] = field(default_factory=lambda: defaultdict(set))
    sets: Counter[tuple[int, str]] = field(default_factory=Counter)


def differences() -> list[str]:
    """What one of the two knows and the other does not, in words; nothing, one hopes."""
    seen, told = Account(), _told()
    for history in HISTORIES:
        seen.deeds |= _seen(history)
    alone = seen.deeds.keys() - told.deeds.keys()
    sets = Counter((deed.transaction, deed.model) for deed in alone if deed[:2] in told.sets)
    return [
        *(f"not on the ledger: {deed}" for deed in alone if deed[:2] not in told.sets),
        *(f"in no history: {deed}" for deed in told.deeds.keys() - seen.deeds.keys() if deed.label != "delete"),
        *(f"{sets[each]} rows and not {count}: {each}" for each, count in told.sets.items() if sets[each] != count),
        *_other_fields(seen, told),
        *(
            f"gone without a word: {each}"
            for each in _gone() - {deed[1:3] for deed in told.deeds if deed.label == "delete"}
        ),
        *(each for model in PLAIN for each in _other_rows(model)),
    ]


def _other_fields(seen: Account, told: Account) -> Iterator[str]:
    """Changes of which the two name different fields."""
    for deed in seen.deeds.keys() & told.deeds.keys():
        if deed.label == "update" and (other := seen.deeds[deed] ^ told.deeds[deed]):
            yield f"{sorted(other)}: {deed}"


def _compared(history: Any) -> list[str]:
    """The fields that both know in the clear: what is sealed anew changes its column and not its words."""
    kept = {each.name for each in history._meta.concrete_fields}
    fields = history.pgh_tracked_model._meta.concrete_fields
    return [each.name for each in fields if each.name in kept and not isinstance(each, SealedField)]


def _seen(history: Any) -> dict[Deed, set[str]]:
    """What the triggers saw of one model."""
    tracked, names = history.pgh_tracked_model, _compared(history)
    columns = ", ".join(f'"{tracked._meta.get_field(name).column}"' for name in names)
    found: dict[Deed, set[str]] = defaultdict(set)
    before: dict[UUID, Iterable[Any]] = {}
    rows = f"SELECT xmin::text::bigint, pgh_label, pgh_obj_id, {columns} FROM {history._meta.db_table} ORDER BY pgh_id"
    for transaction, label, pk, *values in _asked(rows):
        changes = zip(names, before.get(pk, values), values, strict=True)
        found[Deed(transaction, tracked._meta.label_lower, pk, label)] |= {
            name for name, old, new in changes if old != new
        }
        before[pk] = values
    return found


def _told() -> Account:
    """What the ledger says of everything that has a history."""
    account = Account()
    fields = {each.pgh_tracked_model._meta.label_lower: set(_compared(each)) for each in HISTORIES}
    wanted = Entry.objects.filter(kind__in=[*SAW, Kind.DELETED, Kind.BULK], object_type__in=fields)
    written = dict(_asked("SELECT id, xmin::text::bigint FROM audit_entry"))
    entries = list(wanted.select_related("payload"))
    with recording(by=Agent.OPERATOR):
        load_keys({each.payload.key_of for each in entries} | {HOUSE})
        for entry in entries:
            said, transaction = _payload(entry), written[entry.pk]
            if entry.kind == Kind.BULK and "count" in said:
                account.sets[transaction, entry.object_type] += said["count"]
            elif entry.object_id is not None and "changes" in said:
                deed = Deed(transaction, entry.object_type, entry.object_id, SAW.get(Kind(entry.kind), "delete"))
                account.deeds[deed] |= said["changes"].keys() & fields[entry.object_type]
    return account


def _payload(entry: Entry) -> dict[str, Any]:
    """What it says; of somebody whose key was destroyed, nothing."""
    try:
        return read_payload(entry)
    except KeyDestroyed:
        return {"changes": {}}


def _gone() -> set[tuple[str, UUID]]:
    """What has a history and is not there any more."""
    return {
        (each.pgh_tracked_model._meta.label_lower, pk)
        for each in HISTORIES
        for (pk,) in _asked(
            f"SELECT DISTINCT pgh_obj_id FROM {each._meta.db_table}"
            f" EXCEPT SELECT id FROM {each.pgh_tracked_model._meta.db_table}"
        )
    }


def _other_rows(model: Any) -> Iterator[str]:
    """Of a model without history: rows whose last writing the ledger does not know, and what has gone unsaid."""
    label = model._meta.label_lower
    said = f"SELECT xmin::text::bigint, kind, object_id FROM audit_entry WHERE object_type = '{label}' ORDER BY id"
    sets, last = set(), dict[UUID, int | None]()
    for transaction, kind, pk in _asked(said):
        if kind == Kind.BULK:
            sets.add(transaction)
        elif kind in SAW or kind == Kind.DELETED:
            last[pk] = transaction if kind in SAW else None
    rows = dict(_asked(f"SELECT id, xmin::text::bigint FROM {model._meta.db_table}"))
    for pk, written in rows.items():
        if written not in sets and last.get(pk) != written:
            yield f"not on the ledger: {label} {pk}"
    for pk in (pk for pk, transaction in last.items() if transaction and pk not in rows):
        yield f"gone without a word: {label} {pk}"


def _asked(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
