"""The states of a dispatch, and of a referral in the quarantine: who must act, and where it may go."""

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


class QuarantineState(models.TextChoices):
    """Where a referral that came in a flood stands with the national desk."""

    HELD = "held", _("Held")
    RELEASED = "released", _("Released")
    REJECTED = "rejected", _("Rejected")


QUARANTINE = StateTable(
    {
        QuarantineState.HELD: Stage(
            owner=Owner.NATIONAL_DESK, to=frozenset({QuarantineState.RELEASED, QuarantineState.REJECTED})
        ),
        # A mistake can be put right: what was rejected is stored, and can still be sent to its receivers.
        QuarantineState.REJECTED: Stage(owner=Owner.NATIONAL_DESK, to=frozenset({QuarantineState.RELEASED})),
        QuarantineState.RELEASED: Stage(owner=Owner.NOBODY, to=frozenset()),
    }
)
