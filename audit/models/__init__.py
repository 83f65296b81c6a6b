"""Tables of the ledger, and the base of every recorded model."""

from audit.models.data_key import DataKey
from audit.models.due import Due
from audit.models.entry import Entry, Payload
from audit.models.event_record import EventRecord, Handling
from audit.models.recorded import Recorded, RecordedQuerySet
from audit.models.seal import Leaf, Publication, Seal, Subtree
from audit.models.stateful import Stateful
from audit.models.verification import Verification

__all__ = [
    "DataKey",
    "Due",
    "Entry",
    "EventRecord",
    "Handling",
    "Leaf",
    "Payload",
    "Publication",
    "Recorded",
    "RecordedQuerySet",
    "Seal",
    "Stateful",
    "Subtree",
    "Verification",
]
