"""A state machine as a table: state -> who must act next, and where it may go."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.refusals import NotNow


class Owner(models.TextChoices):
    """Who must act while a record is in a state."""

    AGENCY = "agency", _("The agency")
    NATIONAL_DESK = "national_desk", _("The national desk")
    HEADQUARTERS = "headquarters", _("CTP headquarters")
    ADMINISTRATOR = "administrator", _("A system administrator")
    SYSTEM = "system", _("The system")
    REFERRER = "referrer", _("The referrer")
    NOBODY = "nobody", _("Nobody")


@dataclass(frozen=True)
class Stage:
    """One row of a state table."""

    owner: Owner
    to: frozenset[str]


class StateTable:
    """All states of one kind of record. Raises ValueError when a move leads outside the table."""

    def __init__(self, stages: Mapping[str, Stage]) -> None:
        self.stages = dict(stages)
        unknown = {target for stage in self.stages.values() for target in stage.to} - self.stages.keys()
        if unknown:
            raise ValueError(f"Moves lead to states without a row: {sorted(unknown)}")

    def check_move(self, current: str, target: str) -> None:
        """Raise NotNow unless `current` may become `target`."""
        if target not in self.stages[current].to:
            raise NotNow(_("This has already moved on. Reload the page to see where it stands."))
