"""WHEN a move is allowed: what the record's own state permits."""

from uuid import UUID

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


def check_still_assigned_to(dispatch: Dispatch, user_id: UUID | None) -> None:
    """Raise NotNow unless the dispatch is still this colleague's, or still nobody's."""
    if dispatch.assigned_to_id != user_id:
        raise NotNow(_("Somebody has assigned this referral meanwhile."))


def check_has_reason(text: str) -> None:
    """Raise NotNow for a decision without a reason."""
    if not text.strip():
        raise NotNow(_("Give the reason."))


def check_has_words(text: str) -> None:
    """Raise NotNow for an empty note."""
    if not text.strip():
        raise NotNow(_("Write the note before you save it."))
