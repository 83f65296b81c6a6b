"""Drafts and those who hold them, for tests."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from agencies.models import User
from audit.agents import Agent
from audit.context import recording
from referrals.actions.save_answers import save_answers
from referrals.actions.start_draft import start_draft
from referrals.holding import Holder, keyed_hash
from referrals.models import Draft


def at_browser(secret: str = "one") -> Holder:
    """Whoever sits at the browser with that secret."""
    return Holder(Agent.REFERRER, keyed_hash(secret, of="browser"))


def begun(holder: Holder, answers: dict[str, Any] | None = None, *, now: datetime | None = None) -> Draft:
    """A draft of the holder's, on the record."""
    agency = holder.by.agencies[0] if isinstance(holder.by, User) else None
    with recording(by=holder.by):
        return start_draft(
            holder=holder, language="en", answers=answers, agency=agency, by=holder.by, now=now or timezone.now()
        )


def saved_page(draft: Draft, slug: str, holder: Holder, *, now: datetime | None = None, **given: Any) -> Draft:
    """The draft with one page answered."""
    with recording(by=holder.by):
        return save_answers(
            draft_id=draft.pk, page_slug=slug, given=given, holder=holder, by=holder.by, now=now or timezone.now()
        )
