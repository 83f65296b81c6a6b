"""Records that move through a state table."""

from datetime import datetime
from typing import Any, ClassVar

from audit.actors import Actor
from audit.models.recorded import Recorded
from audit.states import StateTable


class Stateful(Recorded):
    """A recorded row with a `state`; `<state>_at` and `<state>_by` are set when the model has them."""

    states: ClassVar[StateTable]
    state: Any

    class Meta:
        abstract = True

    def move(self, state: str, *, at: datetime, by: Actor, **also: Any) -> None:
        """Move to `state` and store the row, with the fields that change `also`; others set before are not stored.

        Raises NotNow when the table does not allow it.
        """
        self.states.check_move(self.state, state)
        fields: dict[str, Any] = {"state": state, **also}
        names = {field.name for field in self._meta.get_fields()}
        if f"{state}_at" in names:
            fields |= {f"{state}_at": at, f"{state}_by": by}
        self.changed(**fields)
