"""An agency's named officer takes receipt of a referral."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from audit.events import Event, happened
from referrals.models import Dispatch
from referrals.permissions import check_can_acknowledge
from referrals.policies import check_awaits_acknowledgement
from referrals.states import DispatchState


@action
def acknowledge_dispatch(*, dispatch_id: UUID, by: User, now: datetime) -> Dispatch:
    """Take receipt of a dispatch on behalf of its agency.

    Locks the dispatch. Ends alerts and reminders and records the event DISPATCH_ACKNOWLEDGED.

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of the agency.
        NotNow: somebody has taken receipt already.
    """
    dispatch: Dispatch = Dispatch.objects.select_related("referral", "agency").lock(dispatch_id)
    check_can_acknowledge(by, dispatch)
    check_awaits_acknowledgement(dispatch)
    dispatch.move(DispatchState.ACKNOWLEDGED, at=now, by=by, alert_due=None, remind_due=None)
    happened(Event.DISPATCH_ACKNOWLEDGED, dispatch, by=by, now=now, referral=dispatch.referral_id)
    return dispatch
