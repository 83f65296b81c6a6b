"""A set-based pass: many rows in one statement, one entry with count and digest of what was written."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import models

from audit.context import require_action
from audit.copying import copy_rows
from audit.ledger import write_entry
from audit.models import Entry, Recorded

Row = TypeVar("Row", bound=Recorded)


def create_in_bulk(model: type[Row], rows: Sequence[Row], *, now: datetime, update: Sequence[str] = ()) -> None:
    """Insert (or, by primary key, update the fields named in `update`) many rows, inside an action.

    The ledger gets one entry: the model, how many, and the SHA-256 over the rows' ids in order.
    """
    require_action()
    if update:
        queryset: models.QuerySet[Row] = models.QuerySet(model)
        models.QuerySet.bulk_create(
            queryset,
            rows,
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=list(update),
        )
    else:
        copy_rows(model, rows)
    write_entry(
        Entry.Kind.BULK,
        object_type=model._meta.label_lower,
        details={"count": len(rows), "sha256_of_ids": digest_of(row.pk for row in rows), "at": now},
    )


def digest_of(ids: Iterable[UUID]) -> str:
    """SHA-256 over ids in order, in hexadecimal digits: what an entry about many rows says of which they were."""
    return hashlib.sha256(b"".join(each.bytes for each in ids)).hexdigest()
