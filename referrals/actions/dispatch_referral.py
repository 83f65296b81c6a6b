"""A stored referral goes to those who must act on it."""

from datetime import datetime

from agencies.models import Agency
from agencies.roles import RoleName
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.actions.open_task import open_task
from referrals.actions.restrict_referral import restrict_referral
from referrals.actions.send_dispatch import send_dispatch
from referrals.concerning import Concern
from referrals.models import Dispatch, Referral, TaskKind
from referrals.permissions import check_can_submit
from referrals.receivers import receivers
from referrals.routing import Route


@action
def dispatch_referral(
    *, referral: Referral, decided: Route, concern: Concern | None = None, by: Actor, now: datetime
) -> list[Dispatch]:
    """Send a referral to both receivers and record the event REFERRAL_SUBMITTED.

    One that may concern a user goes to the restricted desks alone. That is decided here and once, from the names that
    users have now: what the ordinary desks have already read is not taken back when somebody joins later.

    Whoever stores a referral calls this in the same transaction, or later for one that was held back. `concern` is
    given by who has looked at it in this transaction.

    Raises:
        Forbidden: `by` may not submit referrals.
        ImproperlyConfigured: a national or a restricted desk is missing.
    """
    check_can_submit(by)
    concern = concern or Concern.of(referral)
    agencies = receivers(decided, restricted=concern.restricts)
    if concern.restricts:
        sent = to_restricted_desks(referral, agencies, concern, by=by, now=now)
    else:
        sent = [send_dispatch(referral=referral, agency=agency, by=by, now=now) for agency in agencies]
    happened(Event.REFERRAL_SUBMITTED, referral, by=by, now=now)
    return sent


def to_restricted_desks(
    referral: Referral, agencies: list[Agency], concern: Concern, *, by: Actor, now: datetime
) -> list[Dispatch]:
    """A part of actions. Who is excluded stands before anybody is told."""
    restrict_referral(referral=referral, concern=concern, by=by, now=now)
    sent = [send_dispatch(referral=referral, agency=agency, by=by, now=now) for agency in agencies]
    authority = next(dispatch for dispatch in sent if not dispatch.agency.is_police)
    open_task(dispatch=authority, kind=TaskKind.ALLEGATION, role=RoleName.ALLEGATIONS_OFFICER, by=by, now=now)
    return sent
