"""The base of every model that matters: no write outside an action."""

from typing import Any, NoReturn, Self
from uuid import uuid4

from django.db import models
from django.db.models.signals import class_prepared, pre_save
from django.dispatch import receiver

from audit.context import require_action
from audit.copying import insert_rows
from audit.models.entry import log_created
from audit.refusals import OffTheRecord


class RecordedQuerySet(models.QuerySet[Any]):
    """Reads as usual; refuses the paths that signals, and so the ledger, would not see."""

    def lock(self, pk: Any) -> Any:
        """The row, locked until the action ends. Raises DoesNotExist."""
        require_action()
        return self.select_for_update(of=("self",)).get(pk=pk)

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise OffTheRecord(f"{self.model.__name__}: write row by row in an action, or use audit.bulk.")

    update = _refuse
    bulk_create = _refuse
    bulk_update = _refuse
    delete = _refuse


class Recorded(models.Model):
    """A row whose every change leaves a ledger entry in the same transaction."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row; with `force_insert` a new one, cheaply.

        Raises:
            OffTheRecord: outside an action, or for the change of a row that was not read: what it was is not known.
        """
        require_action()
        if kwargs.pop("force_insert", False):
            insert_rows(type(self), self)
            log_created(self)
        elif self._state.adding and (kwargs.get("force_update") or kwargs.get("update_fields") is not None):
            raise OffTheRecord(f"{type(self).__name__}: read the row before it is changed.")
        else:
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row. Raises OffTheRecord outside an action."""
        require_action()
        return super().delete(*args, **kwargs)

    def changed(self, **fields: Any) -> Self:
        """Set the named fields and store just those."""
        for name, value in fields.items():
            setattr(self, name, value)
        self.save(update_fields=list(fields))
        return self


@receiver(pre_save)
def refuse_fixtures(sender: type[models.Model], raw: bool, **_: Any) -> None:
    """Raise OffTheRecord for rows that come from a file (`loaddata`): past `save`, and what writes the entry."""
    if raw and issubclass(sender, Recorded):
        raise OffTheRecord(f"{sender.__name__}: rows of fixtures leave no entry; let an action make them.")


@receiver(class_prepared)
def refuse_through_relations_too(sender: type[models.Model], **_: Any) -> None:
    """Let the base manager refuse as well: `agency.memberships.add(row)` updates rows through that one.

    Set here and not in Meta, which a model with another abstract base beside this one would not inherit.
    """
    if issubclass(sender, Recorded) and not sender._meta.base_manager_name:
        sender._meta.base_manager_name = "objects"
