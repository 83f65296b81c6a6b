"""Model fields whose column is ciphertext and whose attribute is plain."""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db import models
from django.db.models.functions import Length

from audit.keys import seal, unseal

# What AES-GCM adds to a text: nonce and tag. A sealed text that says something is longer (`reason__length__gt=EMPTY`).
EMPTY = 28


class Ciphertext(bytes):
    """A sealed value as it lies in the database, not yet opened."""


class SealedAttribute:
    """Opens the column when somebody first looks, and only then."""

    def __init__(self, field: "SealedField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            # Not refresh_from_db: that opens it on a second instance, which fetches the way to the key anew.
            column = type(instance)._base_manager.values_list(self.field.attname, flat=True)
            instance.__dict__[self.field.attname] = column.get(pk=instance.pk)
        value = instance.__dict__[self.field.attname]
        if isinstance(value, Ciphertext):
            value = instance.__dict__[self.field.attname] = self.field.open(instance, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


if TYPE_CHECKING:
    Column = models.Field[Any, Any]  # the attribute is whatever was sealed, not bytes
else:
    Column = models.BinaryField


class SealedField(Column):
    """Base: AES-256-GCM under the data key of the UUID in attribute `of`, bound to table, column and row."""

    to_bytes: Callable[[Any], bytes]
    from_bytes: Callable[[bytes], Any]

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Migrations keep `of`."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Put the opening attribute on the model."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, SealedAttribute(self))

    def from_db_value(self, value: Any, *_: Any) -> Ciphertext | None:
        """Keep the ciphertext until it is asked for."""
        return None if value is None else Ciphertext(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Ciphertext | None:
        """Seal a plain value; one that was never opened is stored as it was read."""
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Ciphertext):
            return value
        plain = self.to_bytes(value)
        return Ciphertext(seal(self._subject(model_instance), plain, bound_to=self._place(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Only ciphertext reaches the database. Raises TypeError for a plain value (update(), a lookup)."""
        if value is not None and not isinstance(value, Ciphertext):
            raise TypeError(f"{self.name} is sealed: it is written by save() and never looked up.")
        return super().get_db_prep_value(value, connection, prepared)

    def open(self, instance: models.Model, value: bytes) -> Any:
        """The plain value. Raises KeyDestroyed after disposal, InvalidTag after tampering."""
        subject, place = self._subject(instance), self._place(instance)
        try:
            return self.from_bytes(unseal(subject, bytes(value), bound_to=place))
        except InvalidTag:
            # Sealed for somebody else, to whom the row belonged before or belongs since: the tag says for whom.
            for other in self._others(instance):
                with suppress(InvalidTag):
                    return self.from_bytes(unseal(other, bytes(value), bound_to=place))
            raise

    def _subject(self, instance: models.Model) -> UUID | None:
        """Whose key. A row of history has the fields of its original but not its properties: those are borrowed."""
        original = getattr(instance, "pgh_tracked_model", None)
        found: UUID | None = (
            getattr(instance, self.of)
            if original is None or hasattr(instance, self.of)
            else getattr(original, self.of).fget(instance)
        )
        return found

    def _others(self, instance: models.Model) -> Iterable[UUID]:
        """Whoever else's key may have sealed it: asked of the model, where it has `other_subjects`."""
        original = getattr(instance, "pgh_tracked_model", type(instance))
        asked = getattr(original, "other_subjects", None)
        return asked(instance) if asked else ()

    def _place(self, instance: models.Model) -> str:
        # A row of history is a copy: it opens as the row it was copied from.
        model = getattr(instance, "pgh_tracked_model", type(instance))
        return f"{model._meta.db_table}.{self.column}:{getattr(instance, 'pgh_obj_id', instance.pk)}"


def _to_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class SealedText(SealedField):
    """Sealed str, as UTF-8."""

    to_bytes = staticmethod(str.encode)
    from_bytes = staticmethod(bytes.decode)


class SealedJSON(SealedField):
    """Sealed JSON value, characters kept as typed."""

    to_bytes = staticmethod(_to_json)
    from_bytes = staticmethod(json.loads)


SealedField.register_lookup(Length)  # how much is sealed is all that a constraint can know of it
