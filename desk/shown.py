"""What is on record about a referral, as one reader may see it: on its page, printed, and in its PDF."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agencies.models import User
from agencies.permissions import Permission, agencies_where
from desk.documents import ShownDocuments, shown_documents
from desk.matches import ShownMatch, matches_shown, told_in_timeline
from desk.openings import shown_openings
from desk.restriction import shown_restriction
from desk.tasks_about import shown_tasks
from desk.timeline import Moment, timeline
from referrals.asked import messages_to, questions_to_referrer
from referrals.beside import Beside, beside
from referrals.for_systems import system_links
from referrals.masking import is_named_to, sections_shown
from referrals.models import Addition, Dispatch, Message, Note, Offer, Question, Referral, SystemLink, Worry
from referrals.questions.answered import Section
from referrals.repeats import Repeat, repeats_of
from referrals.selectors import additions_to, dispatches, readable_notes, reasons_of
from referrals.succeeding import Chain, chain_of
from referrals.worries import worries_shown
from triage.gateway_summary import GatewaySummary, gateway_summary
from triage.summary import Summary, summary_of


@dataclass(frozen=True)
class Shown:
    """All of it, and `named` when the reader sees who made the referral.

    `chain` says who succeeded the referrer.
    `mine` are the dispatches to agencies of the reader, `offered` the offers that wait for an answer of theirs.
    `opened`, `restricted` and `tasks` hold what those parts of the page show that are about them.
    """

    referral: Referral
    named: bool
    chain: Chain
    dispatches: list[Dispatch]
    mine: list[Dispatch]
    sections: list[Section]
    documents: ShownDocuments
    additions: list[Addition]
    questions: list[Question]
    told: list[Message]
    worries: list[Worry]
    notes: list[Note]
    links: list[SystemLink]
    beside: Beside
    offered: list[Offer]
    opened: dict[str, Any]
    restricted: dict[str, Any]
    tasks: dict[str, Any]
    moments: list[Moment]
    repeat: Repeat
    matches: list[ShownMatch]
    deconfliction: Summary
    gateway: GatewaySummary


def shown_to(reader: User, referral: Referral, *, now: datetime) -> Shown:
    """Everything that `reader` may see of a referral which they may read."""
    sent_to = dispatches(referral, reader=reader)
    theirs = agencies_where(reader, Permission.DISPATCH_READ)
    mine = [dispatch for dispatch in sent_to if dispatch.agency in theirs]
    named = is_named_to(reader, referral, now=now)
    chain = chain_of(reader, referral, named=named)
    told, worries = messages_to(reader, referral), worries_shown(reader, referral)
    notes, links = readable_notes(reader, referral), system_links(mine)
    righted = beside(reader, referral)
    matches = matches_shown(reader, referral.person_id)
    gateway = gateway_summary(reader, referral, mine)
    opened, restricted = shown_openings(reader, referral, mine), shown_restriction(reader, referral)
    tasks, questions = shown_tasks(reader, referral, mine), questions_to_referrer(reader, referral)
    return Shown(
        referral,
        named,
        chain,
        sent_to,
        mine,
        sections=sections_shown(referral, named=named),
        documents=shown_documents(referral, now=now, named=named, who_at=chain.who_at),
        additions=additions_to(referral),
        questions=questions,
        told=told,
        worries=worries,
        notes=notes,
        links=links,
        beside=righted,
        offered=[offer for offer in righted.open_offers if offer.agency in theirs],
        opened=opened,
        restricted=restricted,
        tasks=tasks,
        moments=timeline(
            referral,
            sent_to,
            notes,
            reasons_of(reader, referral),
            beside=righted,
            links=links,
            kept={
                *restricted.get("rows", ()),
                *opened["rows"],
                *tasks["work_rows"],
                *(row.pk for row in (*questions, *told, *worries)),
                *told_in_timeline(reader, matches),
                *gateway.told,
                *chain.told,
            },
            named=named,
            who_at=chain.who_at,
        ),
        repeat=repeats_of(reader, [referral])[referral.pk],
        matches=matches,
        deconfliction=summary_of(reader, referral, mine),
        gateway=gateway,
    )
