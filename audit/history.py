"""History as a table: PostgreSQL triggers copy each version of a row, bulk and raw writes too."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import pghistory
from django.db import models

Model = TypeVar("Model", bound=models.Model)


def keep_history(*, without: Sequence[str] = ()) -> Callable[[type[Model]], type[Model]]:
    """Decorate a model whose past is shown to people. `without` names fields that leave no copy.

    Who and why stand in the ledger, so django-pghistory's own context is left out. Sealed fields are copied
    as ciphertext and disposed of with the person's key.
    """
    track: Callable[[type[Model]], type[Model]] = pghistory.track(
        exclude=list(without),
        context_field=None,  # type: ignore[arg-type]  # documented: None leaves it out
    )
    return track
