"""Looks are on the record too: viewing, listing, searching, printing, signing in."""

from datetime import datetime
from typing import Any
from uuid import UUID

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
    """Write one access entry. `details` (ids, filters) is sealed under the key of the person looked at.

    A disclosure, also a download, names its `recipient`. Raises OffTheRecord where it does not.
    """
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


def disclosed_to(recipient: UUID, what: models.Model, **details: Any) -> None:
    """Say inside an action that it has opened `what` to a user or an agency, who had no part in it before."""
    write_entry(
        Entry.Kind.DISCLOSED,
        object_type=what._meta.label_lower,
        object_id=what.pk,
        subject=person_of(what),
        details={"recipient": recipient, **details},
    )
