"""Writing entries: collected while an action runs, stored in two statements before it commits."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from audit.context import Recording, require_action
from audit.copying import insert_rows
from audit.keys import HOUSE, seal, unseal
from audit.models import Entry, Payload
from audit.operations import OPERATION_OF, Operation
from audit.refusals import OffTheRecord, Refused


def write_entry(
    kind: Entry.Kind,
    *,
    object_type: str = "",
    object_id: UUID | None = None,
    subject: UUID | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Add one entry to the running action. `details` is sealed under the key of `subject`.

    Raises OffTheRecord for a disclosure without a `recipient` among its details.
    """
    if OPERATION_OF[kind] == Operation.DISCLOSURE and not (details or {}).get("recipient"):
        raise OffTheRecord("A disclosure names its recipient.")
    entry = Entry(kind=kind, object_type=object_type, object_id=object_id, subject=subject)
    require_action().note_down(entry, details or {})


def write_bare_entry(kind: Entry.Kind, *, object_type: str) -> None:
    """Add one entry that says everything in its columns: it takes no key to write it."""
    require_action().note_down(Entry(kind=kind, object_type=object_type), None)


# Says which record was asked for, as an id does, where somebody who has no id asks; it tells nothing of anybody.
_REFERENCE = "reference"


def record_refusal(refusal: Refused, arguments: Mapping[str, Any]) -> None:
    """Say on the ledger what was refused to whom: ids, references and permissions only, and the rule's own sentence.

    `arguments` are in the order in which the action names them: of several ids the first is what it acts on.
    """
    ids = [value for value in arguments.values() if isinstance(value, UUID)]
    named = {
        name: str(value)
        for name, value in arguments.items()
        if isinstance(value, UUID | StrEnum) or (name == _REFERENCE and value)
    }
    write_entry(
        Entry.Kind.REFUSED,
        object_id=refusal.about or next(iter(ids), None),
        details={"rule": str(refusal), **named},
    )


def flush(present: Recording) -> None:
    """Store what the action has to say: one statement for the entries, one for their payloads."""
    if not present.pending:
        return
    insert_rows(Entry, *(entry for entry, _details in present.pending))
    payloads = [
        Payload(entry=entry, key_of=entry.subject or HOUSE, sealed=_sealed(present, entry, details), at=entry.at)
        for entry, details in present.pending
        if details is not None
    ]
    if payloads:
        insert_rows(Payload, *payloads)
    present.pending.clear()


def read_payload(entry: Entry) -> dict[str, Any]:
    """The opened payload of an entry. Raises KeyDestroyed when its person was disposed of."""
    payload = entry.payload
    opened: dict[str, Any] = json.loads(unseal(payload.key_of, bytes(payload.sealed), bound_to=f"payload:{entry.pk}"))
    return opened


def _sealed(present: Recording, entry: Entry, details: dict[str, Any]) -> bytes:
    said = {**details, "reason": present.reason} if present.reason else details
    text = json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False)
    return seal(entry.subject, text.encode(), bound_to=f"payload:{entry.pk}")
