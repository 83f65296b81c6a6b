"""Those who supervise are told that a referrer has raised a worry: reference and link only."""

from datetime import datetime

from django.utils import timezone

from agencies.actions.send_notice import send_notice
from agencies.models import NoticeKind
from agencies.permissions import Permission, require
from agencies.restricted import may_know
from agencies.selectors import holding
from audit.action import action
from audit.actors import Actor
from referrals.links import referral_link
from referrals.mailing import addresses_of
from referrals.models import Dispatch, Worry


@action
def tell_of_worry(*, worry: Worry, dispatch: Dispatch, by: Actor, now: datetime) -> None:
    """Write to each who answers worries in the agency and may know of the referral; to its mailbox where nobody does.

    Raises Forbidden when `by` may cause no mail.
    """
    require(by, Permission.NOTICE_SEND)
    able = list(holding(worry.agency, Permission.WORRY_ANSWER, on=timezone.localdate(now)))
    told = [user.email for user in may_know(worry.referral_id, able) if user.pk != dispatch.assigned_to_id]
    for number, address in enumerate(told or addresses_of(dispatch)):
        send_notice(
            kind=NoticeKind.WORRY_RAISED,
            about=worry.pk,
            tells_of=[worry.referral_id],
            agency=worry.agency,
            address=address,
            details={"reference": worry.referral.reference, "link": referral_link(worry.referral_id)},
            once=f"worry:{worry.pk}:{number}",
            by=by,
            now=now,
        )
