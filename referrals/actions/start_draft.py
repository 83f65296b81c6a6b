"""Somebody begins to write a referral."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

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
    draft_id: UUID | None = None,
    form_version: str = FORM_VERSION,
    body_digest: str = "",
    lives: timedelta = IDLE,
) -> Draft:
    """Make an empty draft with a data key of its own, which lives for 24 hours without a touch, or for `lives`.

    `answers` are those an officer begins with, or all that a system sent; `agency` is theirs, and empty at the front
    door. `draft_id` and `body_digest` are a system's, whose repetitions must find the same draft.
    Raises Forbidden when `by` may not submit referrals.
    """
    check_can_submit(by)
    draft = Draft(
        id=draft_id or uuid4(),
        form_version=form_version,
        body_digest=body_digest,
        language=language,
        browser=holder.browser,
        entered_by=by if isinstance(by, User) else None,
        agency=agency,
        started_at=now,
        touched_at=now,
        expires_at=now + lives,
    )
    create_key(draft.pk)
    draft.answers = clean(answers or {}, form_version)
    draft.save(force_insert=True)
    return draft
