"""The two ways into the form - the front door and staff entry - and all that differs between them."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from referrals.holding import Holder


@dataclass(frozen=True)
class Entrance:
    """`start` names its first page, `pages` is the prefix of the names of the others.

    `holder` says whose drafts a request may open; `sent` is the template for whoever has sent the form. `language` is
    the referrer's as the request shows it, or "": it stays as it was.
    """

    start: str
    pages: str
    layout: str
    sent: str
    holder: Callable[[HttpRequest], Holder]
    language: Callable[[], str] = lambda: get_language() or ""

    @property
    def start_url(self) -> str:
        """Where one begins."""
        return reverse(self.start)

    def url(self, page: str, *arguments: UUID | str) -> str:
        """The address of one of its pages."""
        return reverse(f"{self.pages}{page}", args=arguments)

    def question_url(self, draft_id: UUID, slug: str, *, changing: bool = False) -> str:
        """The address of a question page; `changing`: it leads back to check-your-answers."""
        return self.url("question", draft_id, slug) + ("?change=1" if changing else "")
