"""A referral's documents as its readers see them: what, from whom, how to handle it, and whether it may be opened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from agencies.selectors import names_of
from documents.models import Document
from documents.selectors import documents_of, waits_long
from referrals.masking import hides_account
from referrals.models import Referral


@dataclass(frozen=True)
class ShownDocument:
    """One document, with who added it in words."""

    document: Document
    added_by: str


@dataclass(frozen=True)
class ShownDocuments:
    """All of them; `waits_long` when the scanner does not seem to answer."""

    rows: list[ShownDocument]
    waits_long: bool


def shown_documents(
    referral: Referral, *, now: datetime, named: bool = False, who_at: Callable[[datetime], str] = lambda _moment: ""
) -> ShownDocuments:
    """The documents of a referral in the order they came. Two queries at most.

    Unless the referrer is `named`, it is not said from whose account those came that the referral brought with it.
    `who_at` says who answered for the referrer at a moment, where somebody succeeded them.
    """
    found = documents_of(referral.pk)
    names = names_of({document.added_by for document in found})
    unnamed = hides_account(referral, named=named)
    of_referrer = _("the referrer")
    rows = [
        ShownDocument(
            document,
            of_referrer
            if unnamed and not document.source
            else names.get(document.added_by) or who_at(document.added_at) or of_referrer,
        )
        for document in found
    ]
    return ShownDocuments(rows, waits_long(found, now=now))
