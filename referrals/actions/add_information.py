"""The referrer adds to what they told us."""

from datetime import datetime
from uuid import uuid5

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from referrals.actions.stay import visits_of
from referrals.actions.thank_referrer import thank_referrer
from referrals.holding import Holder
from referrals.locking import lock_referral
from referrals.models import Addition, ReferrerVisit
from referrals.policies import check_has_words


@action
def add_information(*, text: str, form_id: str, holder: Holder, by: Actor, now: datetime) -> Addition:
    """Put the referrer's words beside the referral that is open in the holder's browser, and thank them. Locks it.

    `form_id` is the page's own: sent twice, it adds once. Records the event REFERRER_ADDED: new information has come.

    Raises:
        ReferrerVisit.DoesNotExist: nothing is open there.
        Forbidden: `by` is no referrer.
        NotNow: nothing was said.
    """
    require(by, Permission.REFERRER_RETURN)
    visit: ReferrerVisit = visits_of(holder, now=now).get()
    check_has_words(text)
    referral = lock_referral(visit.referral_id)
    pk = uuid5(referral.pk, form_id)
    before: Addition | None = referral.additions.filter(pk=pk).first()
    if before is not None:
        return before
    addition = Addition(id=pk, referral=referral, text=text, added_at=now, added_by=by.pk)
    addition.save(force_insert=True)
    happened(Event.REFERRER_ADDED, referral, by=by, now=now, addition=addition.pk)
    thank_referrer(referral=referral, occasion=addition.pk, by=by, now=now)
    return addition
