"""Why something was not done: every refusal carries a sentence a person can act on."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.utils.functional import Promise


class Refused(Exception):
    """An action did not happen; `message` says which rule refused it and what to do, `code` names the rule."""

    code = "refused"
    on_record = False  # an action records what it refuses; whoever else refuses leaves that to the frame of pages
    about: UUID | None = None  # what it is about, where that was asked for by something else than its id

    def __init__(self, message: str | Promise, *, code: str = "") -> None:
        super().__init__(message)
        self.message, self.code = message, code or self.code

    def __str__(self) -> str:
        return str(self.message)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Each rule that refused, by its code, with its sentence."""
        return [(self.code, str(self))]


class Forbidden(Refused):
    """This person may not do this to this object (WHO)."""

    code = "forbidden"


class NotNow(Refused):
    """The state of the record does not permit this move (WHEN)."""

    code = "not_now"


@contextmanager
def refused_about(object_id: UUID | None) -> Iterator[None]:
    """Whatever is refused inside is about this object, although it was asked for by a reference or a name."""
    try:
        yield
    except Refused as refusal:
        refusal.about = object_id
        raise


class OffTheRecord(RuntimeError):
    """A write was attempted where it would leave no entry: a programming error, never shown to users."""
