"""The states of a dispatch: who must act, and where it may go."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.states import Owner, Stage, StateTable


class DispatchState(models.TextChoices):
    """Where one agency stands with one referral."""

    SENT = "sent", _("Waiting for receipt")
    ACKNOWLEDGED = "acknowledged", _("Received")


DISPATCH = StateTable(
    {
        DispatchState.SENT: Stage(owner=Owner.AGENCY, to=frozenset({DispatchState.ACKNOWLEDGED})),
        DispatchState.ACKNOWLEDGED: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)
