"""Somebody at work keeps a draft for seven days, to finish it elsewhere or to pass it on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.actions.send_notice import send_notice
from agencies.languages import opening_in
from agencies.models import NoticeKind
from audit.action import action
from audit.actors import Actor
from audit.refusals import NotNow
from referrals.holding import Holder, keyed_hash, new_secret
from referrals.models.draft import SAVED, Draft
from referrals.policies import may_be_saved
from referrals.reference import hash_contact_code, new_contact_code


@dataclass(frozen=True)
class Saved:
    """What is shown once: the link's address, the code that it asks for, and until when both hold."""

    link: str
    code: str
    until: datetime
    e_mailed_to: str


@action
def save_draft_for_later(
    *, draft_id: UUID, holder: Holder, e_mail: bool = False, language: str = "", by: Actor, now: datetime
) -> Saved:
    """Make a one-time link and a code, which replace any made before. `e_mail`: send the link to the writer.

    The e-mail carries the link and never the code, so that neither opens the draft alone. The link opens in
    `language`, the e-mail is written in it; empty for the draft's.

    Raises:
        Draft.DoesNotExist: there is no such draft, or the holder does not hold it.
        NotNow: it has been sent, or the writer is not at work.
    """
    draft = holder.lock(draft_id, now=now)
    check_may_be_saved(draft)
    token, code = new_secret(), new_contact_code()
    draft.changed(
        saved_link=keyed_hash(token, of="link"),
        saved_code=hash_contact_code(code),
        wrong_codes=0,
        language=language or draft.language,
        touched_at=now,
        expires_at=now + SAVED,
    )
    link = opening_in(settings.PUBLIC_BASE_URL + reverse("front-door:resume", args=[token]), draft.language)
    address: str = draft.answers.get("referrer_email", "") if e_mail else ""
    if address:
        send_notice(
            kind=NoticeKind.SAVED_DRAFT,
            about=draft.pk,
            tells_of=[],
            key_of=draft.pk,
            address=address.strip(),
            details={"link": link},
            once=f"saved-draft:{draft.saved_link}",
            language=draft.language,
            by=by,
            now=now,
        )
    return Saved(link, code, draft.expires_at, address)


def check_may_be_saved(draft: Draft) -> None:
    """Raise NotNow unless the draft is unsent and written by somebody at work."""
    if draft.is_sent:
        raise NotNow(_("This referral has been sent, so there is nothing left to save."))
    if not may_be_saved(draft):
        raise NotNow(_("Only people who refer someone through their work can save this form for later."))
