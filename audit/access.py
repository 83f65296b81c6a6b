"""Looks are on the record too: viewing, listing, searching, printing, signing in."""

from datetime import datetime
from typing import Any

from django.db import models

from audit.action import action
from audit.actors import Actor
from audit.ledger import write_entry
from audit.models import Entry
from audit.person_of import person_of


@action
def looked(
    *, kind: Entry.Kind, at_object: models.Model | None = None, by: Actor, now: datetime, **details: Any
) -> None:
    """Write one access entry. `details` (ids, filters) is sealed under the key of the person looked at."""
    if at_object is None:
        write_entry(kind, details=details)
        return
    write_entry(
        kind,
        object_type=at_object._meta.label_lower,
        object_id=at_object.pk,
        subject=person_of(at_object),
        details=details,
    )
