"""Whom a row concerns: the path each model declares to the person who was referred."""

from functools import reduce
from typing import Any, cast
from uuid import UUID

from django.db import models


def person_of(instance: models.Model) -> UUID | None:
    """The id of the person the row concerns, or None where it concerns nobody who was referred.

    Follows the model's `Privacy.person`; the last step reads the foreign key column, so no query is made
    when the related objects are at hand.
    """
    path: str | None = instance.Privacy.person  # type: ignore[attr-defined]  # every model declares it, a test says so
    if path is None:
        return None
    if path == "self":
        return instance.pk
    *steps, last = path.split("__")
    holder = reduce(getattr, steps, instance)
    found: UUID | None = getattr(holder, cast("models.Field[Any, Any]", holder._meta.get_field(last)).attname)
    return found
