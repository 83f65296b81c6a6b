"""WHEN a move is allowed: what the record's own state permits."""

from django.utils.translation import gettext_lazy as _

from audit.refusals import NotNow
from referrals.models import Dispatch
from referrals.states import DispatchState


def check_awaits_acknowledgement(dispatch: Dispatch) -> None:
    """Raise NotNow unless the dispatch is still waiting for receipt."""
    if dispatch.state != DispatchState.SENT:
        raise NotNow(
            _("{name} has already taken receipt of this referral.").format(name=dispatch.acknowledged_by.name)
            if dispatch.acknowledged_by
            else _("Somebody has already taken receipt of this referral.")
        )


def awaits_acknowledgement(dispatch: Dispatch) -> bool:
    """Whether the dispatch is still waiting for receipt."""
    return dispatch.state == DispatchState.SENT


def check_has_words(text: str) -> None:
    """Raise NotNow for an empty note."""
    if not text.strip():
        raise NotNow(_("Write the note before you save it."))
