"""Somebody leaves the form in a hurry: nothing of it may be found in their browser."""

from datetime import datetime

from audit.action import action
from audit.actors import Actor
from referrals.actions.destroy_draft import destroy_draft
from referrals.holding import Holder
from referrals.models import ReferrerVisit


@action
def leave_draft(*, holder: Holder, by: Actor, now: datetime) -> int:
    """Destroy every unsent, unsaved draft of the browser and let go of the others; returns how many are gone.

    A saved draft can still be opened by its link and code. One that was opened and not saved again could not be
    opened by anybody, so it goes; the pages of saving say so. A sent one has done its work: its reference was shown.
    The referrer's page closes too.
    """
    for visit in ReferrerVisit.objects.filter(browser=holder.browser).select_for_update():
        visit.delete()
    gone = 0
    for draft in holder.drafts(now=now).order_by("pk").select_for_update(of=("self",)):
        if draft.is_sent or draft.is_saved:
            draft.changed(browser="")
        else:
            destroy_draft(draft=draft, by=by, now=now)
            gone += 1
    return gone
