"""What is on record about a referral, as one reader may see it: on its page, printed, and in its PDF."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agencies.models import User
from agencies.permissions import Permission, agencies_where
from desk.documents import ShownDocuments, shown_documents
from desk.openings import shown_openings
from desk.restriction import shown_restriction
from desk.timeline import Moment, timeline
from referrals.beside import Beside, beside
from referrals.for_systems import system_links
from referrals.masking import is_named_to, sections_shown
from referrals.models import Dispatch, Note, Offer, Referral, SystemLink
from referrals.questions.answered import Section
from referrals.selectors import dispatches, readable_notes, reasons_of


@dataclass(frozen=True)
class Shown:
    """All of it, and `named` when the reader sees who made the referral.

    `mine` are the dispatches to agencies of the reader, `offered` the offers that wait for an answer of theirs.
    `opened` and `restricted` hold what those parts of the page show that are about openings and the restriction.
    """

    referral: Referral
    named: bool
    dispatches: list[Dispatch]
    mine: list[Dispatch]
    sections: list[Section]
    documents: ShownDocuments
    notes: list[Note]
    links: list[SystemLink]
    beside: Beside
    offered: list[Offer]
    opened: dict[str, Any]
    restricted: dict[str, Any]
    moments: list[Moment]


def shown_to(reader: User, referral: Referral, *, now: datetime) -> Shown:
    """Everything that `reader` may see of a referral which they may read."""
    sent_to = dispatches(referral, reader=reader)
    theirs = agencies_where(reader, Permission.DISPATCH_READ)
    mine = [dispatch for dispatch in sent_to if dispatch.agency in theirs]
    named = is_named_to(reader, referral, now=now)
    notes, links = readable_notes(reader, referral), system_links(mine)
    righted = beside(reader, referral)
    opened, restricted = shown_openings(reader, referral, mine), shown_restriction(reader, referral)
    return Shown(
        referral,
        named,
        sent_to,
        mine,
        sections=sections_shown(referral, named=named),
        documents=shown_documents(referral, now=now, named=named),
        notes=notes,
        links=links,
        beside=righted,
        offered=[offer for offer in righted.open_offers if offer.agency in theirs],
        opened=opened,
        restricted=restricted,
        moments=timeline(
            referral,
            sent_to,
            notes,
            reasons_of(reader, referral),
            beside=righted,
            links=links,
            kept=[*restricted.get("rows", ()), *opened["rows"]],
            named=named,
        ),
    )
