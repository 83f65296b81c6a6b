"""WHEN a move is allowed: what the record's own state permits."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from audit.refusals import NotNow
from referrals.models import Dispatch, Flood, FloodOutcome
from referrals.states import DispatchState, QuarantineState


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


def check_awaits_decision(flood: Flood) -> None:
    """Raise NotNow where a decision is still being carried out, or nothing of the group is held any more."""
    if flood.carrying_out:
        raise NotNow(_("What was decided about this group is still being carried out. Look again in a minute."))
    if not flood.held.filter(state=QuarantineState.HELD).exists():
        raise NotNow(_("Nothing of this group is held any more: a colleague has decided about it."))


def check_says_why(outcome: FloodOutcome, reason: str) -> None:
    """Raise NotNow for a rejection without a reason. To send on what somebody wrote needs none."""
    if outcome == FloodOutcome.REJECTED and not reason.strip():
        raise NotNow(_("Say why it is rejected."))
