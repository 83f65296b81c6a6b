"""An agency's own system says under which number it works a referral, and how that stands."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from audit.events import Event, happened
from referrals.locking import lock_dispatch
from referrals.models import SystemLink
from referrals.selectors import dispatches_of


@action
def link_dispatch(*, dispatch_id: UUID, case_number: str, status: str, by: User, now: datetime) -> SystemLink:
    """Write the next version of the link; the same words again change nothing. Locks referral
    and dispatch.

    It takes no receipt: only a named officer does. Records the event DISPATCH_LINKED.

    Raises:
        Dispatch.DoesNotExist: there is none with this id among those for which `by` may write links.
    """
    theirs = dispatches_of(by, needed=Permission.DISPATCH_LINK)
    theirs.get(pk=dispatch_id)  # before the lock: of another's and of an absent one the same is asked, and no more
    dispatch = lock_dispatch(dispatch_id)
    theirs.get(pk=dispatch_id)
    latest: SystemLink | None = dispatch.system_links.order_by("-version").first()
    if latest is not None:
        latest.dispatch = dispatch
        if (latest.case_number, latest.status) == (case_number, status):
            return latest
    link = SystemLink(
        dispatch=dispatch,
        version=1 if latest is None else latest.version + 1,
        case_number=case_number,
        status=status,
        written_at=now,
        written_by=by,
    )
    link.save(force_insert=True)
    happened(Event.DISPATCH_LINKED, link, by=by, now=now, dispatch=dispatch.pk)
    return link
