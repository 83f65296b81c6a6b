"""The referrer adds a file to what they told us."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from documents.actions.keep_document import keep_document
from documents.models import Document
from documents.storing import Kept
from referrals.actions.stay import visits_of
from referrals.holding import Holder
from referrals.locking import lock_referral
from referrals.models import ReferrerVisit

# Kept as said, in English: officers read it.
FROM = _("The referrer, on their page")


@action
def add_file(*, kept: Kept, holder: Holder, by: Actor, now: datetime) -> Document:
    """Hang a stored file on the referral that is open in the holder's browser. Locks the referral.

    Records the event DOCUMENT_ADDED. Raises ReferrerVisit.DoesNotExist where nothing is open there, and Forbidden when
    `by` is no referrer.
    """
    require(by, Permission.REFERRER_RETURN)
    visit: ReferrerVisit = visits_of(holder, now=now).get()
    referral = lock_referral(visit.referral_id)
    document = keep_document(
        kept=kept,
        referral_id=referral.pk,
        person=referral.person,
        agency=None,
        source=str(FROM),
        caveat="",
        by=by,
        now=now,
    )
    happened(Event.DOCUMENT_ADDED, referral, by=by, now=now, document=document.pk)
    return document
