"""Something new is known after the outcome of a referral was signed: the police are asked to read it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from referrals.actions.ask_to_read import ask_to_read
from referrals.locking import lock_referral
from referrals.models import Task
from triage.selectors import latest_assessment, police_dispatch_of

WORDS = _(
    "Something new has come in since the outcome was signed. Read it: reopen the referral, or say here why the outcome"
    " stands."
)


@action
def read_after_outcome(*, referral_id: UUID, happened: datetime, by: Actor, now: datetime) -> Task | None:
    """Give a task to whom the police have assigned the referral, else to their team; None where no outcome stood then.

    `happened` is when it came in. One task waits at a time (`ask_to_read`). Locks the referral and its dispatch.

    Raises:
        Referral.DoesNotExist: there is none with this id.
        Forbidden: `by` may not ask: handlers do.
    """
    require(by, Permission.REFERRER_LINK)
    referral = lock_referral(referral_id)
    row = latest_assessment(referral)
    if row is None or not row.is_signed or row.signed_at is None or row.signed_at >= happened:
        return None
    police = police_dispatch_of(referral)
    if police is None or police.acknowledged_by_id is None:
        return None
    return ask_to_read(dispatch_id=police.pk, words=WORDS, by=by, now=now)
