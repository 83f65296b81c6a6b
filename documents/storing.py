"""From what somebody sends to sealed bytes in the store, before any row is written."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from documents.judging import judge
from documents.kinds import Kind
from documents.names import clean_name
from documents.sealed_files import new_key, seal_file
from documents.storage import remove, write


class NotStored(OSError):
    """The store is away or full; the message names the kind of fault only."""


@dataclass(frozen=True)
class Kept:
    """A file whose bytes are in the store; `key` opens them and must be sealed by the row that is made now."""

    id: UUID
    name: str
    kind: Kind
    size: int
    key: bytes = field(repr=False)

    def forget(self) -> None:
        """No row was made after all: delete the bytes. If this does not happen the sweep does it after a day."""
        remove(self.id)


def keep(name: str, data: bytes) -> Kept:
    """Judge a file and store it sealed. Raises NotTaken with the reason, or NotStored."""
    judged = judge(data)
    file_id, key = uuid4(), new_key()
    try:
        write(file_id, seal_file(judged.data, key=key, file_id=file_id))
    except Exception as fault:  # noqa: BLE001  # each kind of storage has faults of its own
        raise NotStored(type(fault).__name__) from None
    return Kept(file_id, clean_name(name, judged.kind), judged.kind, len(judged.data), key)
