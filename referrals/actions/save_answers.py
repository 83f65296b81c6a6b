"""The answers of one page are kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

from audit.action import action
from audit.actors import Actor
from referrals.form import clean, form_of
from referrals.holding import Holder
from referrals.models.draft import IDLE, Draft


@action
def save_answers(
    *,
    draft_id: UUID,
    page_slug: str,
    given: dict[str, Any],
    language: str = "",
    holder: Holder,
    by: Actor,
    now: datetime,
) -> Draft:
    """Replace what was answered on one page, drop answers that are no longer asked for, keep 24 more hours.

    `language` is the one it was answered in; empty leaves the draft's as it is.

    Raises:
        Draft.DoesNotExist: there is no such draft, or the holder does not hold it.
        LookupError: the form has no such page.
        NotNow: it has been sent.
    """
    draft = holder.lock_unsent(draft_id, now=now)
    page = form_of(draft.form_version).page(page_slug)
    others = {name: value for name, value in draft.answers.items() if name not in page.names}
    answers = clean(others | {name: given.get(name) for name in page.names}, draft.form_version)
    return draft.changed(
        answers=answers,
        language=language or draft.language,
        touched_at=now,
        expires_at=max(draft.expires_at, now + IDLE),
    )
