"""Browsers at the front door, and what they find there."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from audit.agents import Agent
from audit.context import recording
from referrals.actions.save_answers import save_answers
from referrals.form import form_of
from referrals.holding import Holder
from referrals.models import Draft


class Visitor(Client):
    """A browser with one draft open."""

    draft_id: UUID

    def begin(self) -> str:
        """Start a draft; returns the address of its first page."""
        url: str = self.post("/begin/").headers["Location"]
        self.draft_id = UUID(url.split("/")[2])
        return url

    def url(self, page: str) -> str:
        return f"/refer/{self.draft_id}/{page}/"

    def see(self, page: str, **query: str) -> Any:
        return self.get(self.url(page), query)

    def answer(self, page: str, **given: Any) -> Any:
        return self.post(self.url(page), given)

    @property
    def draft(self) -> Draft:
        return Draft.objects.get(pk=self.draft_id)

    def has_answered(self, answers: dict[str, Any]) -> "Visitor":
        """As if every page had been filled in."""
        self.begin()
        draft = self.draft
        holder = Holder(Agent.REFERRER, draft.browser)
        for page in form_of(draft.form_version).pages:
            given = {name: answers[name] for name in page.names if name in answers}
            if given:
                save_answers(
                    draft_id=draft.pk,
                    page_slug=page.slug,
                    given=given,
                    holder=holder,
                    by=holder.by,
                    now=draft.started_at,
                )
        assert self.draft.answers == answers
        return self


@pytest.fixture
def visitor(db: None) -> Iterator[Visitor]:
    with recording(by=Agent.REFERRER):
        yield Visitor()


@pytest.fixture
def another(db: None) -> Visitor:
    return Visitor()
