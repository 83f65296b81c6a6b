"""Somebody begins to write a referral."""

from datetime import datetime
from typing import Any

from agencies.models import Agency, User
from audit.action import action
from audit.actors import Actor
from audit.keys import create_key
from referrals.form import FORM_VERSION, clean
from referrals.holding import Holder
from referrals.models.draft import IDLE, Draft
from referrals.permissions import check_can_submit


@action
def start_draft(
    *,
    holder: Holder,
    language: str,
    by: Actor,
    now: datetime,
    answers: dict[str, Any] | None = None,
    agency: Agency | None = None,
) -> Draft:
    """Make an empty draft with a data key of its own, which lives for 24 hours without a touch.

    `answers` are those an officer begins with; `agency` is the officer's, and empty at the front door.
    Raises Forbidden when `by` may not submit referrals.
    """
    check_can_submit(by)
    draft = Draft(
        form_version=FORM_VERSION,
        language=language,
        browser=holder.browser,
        entered_by=by if isinstance(by, User) else None,
        agency=agency,
        started_at=now,
        touched_at=now,
        expires_at=now + IDLE,
    )
    create_key(draft.pk)
    draft.answers = clean(answers or {})
    draft.save(force_insert=True)
    return draft
