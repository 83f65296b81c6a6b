"""What the demonstration adds to seeded referrals: where they are, one that is urgent now, events, and notes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from desk.demonstration.accounts import BRADFORD, CARDIFF, GLASGOW, LEEDS
from desk.demonstration.concerns import IN_DANGER
from desk.demonstration.imagining import Imagined, Receipt
from desk.demonstration.rows import Rows
from desk.demonstration.wording import filled
from referrals.models import Dispatch, NoteReaders, Referral
from referrals.questions.shapes import WORK

REFERRALS = 200
DAYS = 60

# Leeds and Bradford fill two inboxes; the other councils of the region fill that of CTP North East.
FAVOURED = {
    LEEDS: 40.0, BRADFORD: 28.0, CARDIFF: 8.0, GLASGOW: 5.0, "E08000034": 4.0, "E08000036": 3.0, "E08000038": 3.0,
    "E08000039": 4.0, "E06000010": 3.0, "E06000002": 2.0, "E08000021": 3.0,
}  # fmt: skip
FAVOURED_PART = 0.88

# Text and readers. A receipt has no reason of its own: officers write it in a note.
NOTES = (
    ("Took receipt after reading it with the duty sergeant. No trace of an open investigation on our side.", "agency"),
    ("Known to early help since last year. The worker will bring her notes on Thursday.", "recipients"),
    ("Rang the school. The safeguarding lead will keep the messages and send them when asked.", "recipients"),
    ("Received although the address is out of date: the family moved within our area in the summer.", "agency"),
    ("Spelling of the surname to be checked with the school, it may be the same person as in spring.", "agency"),
    ("Assigned within the team because the first officer knows the family privately.", "agency"),
    ("The referrer would rather be called in the evening. Number confirmed.", "recipients"),
    ("Housing confirm the tenancy. No concerns from their last two visits.", "recipients"),
)  # fmt: skip


def make_urgent(imagined: list[Imagined], now: datetime) -> Imagined:
    """Turn the latest referral from Leeds into one of immediate danger, sent minutes ago, and move it to the end.

    The council has taken receipt; the police have not, so that one alert can be watched.
    """
    at = max(i for i, each in enumerate(imagined) if _fits(each))
    each = imagined.pop(at)
    facts = replace(each.facts, immediate=True, submitted_at=now - timedelta(minutes=9), welsh=False)
    danger = filled(IN_DANGER[0], facts.human.sex, {})
    answers = {
        **each.answers, "danger": "yes", "when_noticed": "today", "concern": f"{danger} {each.answers['concern']}",
    }  # fmt: skip
    waiting = Receipt(None, None, 0)
    received = Receipt(now - timedelta(minutes=5), None, 1)
    urgent = Imagined(facts, answers, (waiting, received))
    imagined.append(urgent)
    return urgent


def _fits(each: Imagined) -> bool:
    answers = each.answers
    in_leeds = each.facts.human.home.code == LEEDS and ("postcode" in answers or answers["authority"] == LEEDS)
    return in_leeds and answers["referrer_kind"] == WORK and not each.facts.immediate and not each.facts.entry


def bring_forward(imagined: list[Imagined], now: datetime, latest: int = 24) -> list[Imagined]:
    """Let the last few arrive within the past day, and nobody have touched them yet."""
    fresh = []
    for position, each in enumerate(reversed(imagined[-latest:])):
        sent = now - timedelta(minutes=25 + 58 * position)
        nothing = Receipt(None, None, 0)
        if not each.facts.immediate:
            each = replace(each, facts=replace(each.facts, submitted_at=sent), receipts=(nothing, nothing))
        fresh.append(each)
    return [*imagined[:-latest], *reversed(fresh)]


def leave_overdue(imagined: list[Imagined], now: datetime) -> list[Imagined]:
    """Let nobody have touched some of what came four days to a month ago: the council, and now and then the police.

    Of each council every sixth, its first included.
    """
    nothing, seen, left = Receipt(None, None, 0), Counter[str](), []
    for each in imagined:
        aged = timedelta(days=4) < now - each.facts.submitted_at < timedelta(days=31)
        home = each.facts.human.home.code
        if aged and home in FAVOURED and not each.facts.immediate:
            if seen[home] % 6 == 0:
                each = replace(each, receipts=(each.receipts[0] if seen[home] % 12 else nothing, nothing))
            seen[home] += 1
        left.append(each)
    return left


def remind_of_overdue(rows: Rows, now: datetime) -> None:
    """Let the first sweep tell agencies, supervisors and national desks of what is overdue: one e-mail each."""
    for dispatch in rows.dispatches:
        due = dispatch.acknowledge_by
        if dispatch.waits and not dispatch.immediate and due is not None:
            dispatch.remind_due = due


def events_of(rows: Rows) -> Iterator[EventRecord]:
    """What the timeline tells: sent, received, assigned. Nobody has to react: these are rows of the past."""
    for referral in rows.referrals:
        yield _event(Event.REFERRAL_SUBMITTED, referral, referral.submitted_by, referral.submitted_at, referral)
    for dispatch in rows.dispatches:
        referral = dispatch.referral
        if dispatch.acknowledged_at:
            by, at = dispatch.acknowledged_by_id, dispatch.acknowledged_at
            yield _event(Event.DISPATCH_ACKNOWLEDGED, dispatch, by, at, referral)
        if dispatch.assigned_at:
            by, at = dispatch.assigned_by_id, dispatch.assigned_at
            yield _event(Event.DISPATCH_ASSIGNED, dispatch, by, at, referral, to=str(dispatch.assigned_to_id))


def _event(
    kind: Event, at_object: Referral | Dispatch, actor: UUID | None, at: datetime, referral: Referral, **ids: str
) -> EventRecord:
    return EventRecord(
        kind=kind.value,
        object_type=at_object._meta.label_lower,
        object_id=at_object.pk,
        subject=referral.person_id,
        actor=actor or Agent.REFERRER.pk,
        happened=at,
        ids={"referral": str(referral.pk), **ids},
    )


def notes_for(rng: Random, dispatches: list[Dispatch]) -> Iterator[tuple[Dispatch, str, NoteReaders, datetime]]:
    """A note beside every third dispatch that is assigned, some hours later."""
    for dispatch in dispatches:
        if dispatch.assigned_at and rng.random() < 0.33:
            text, readers = rng.choice(NOTES)
            yield dispatch, text, NoteReaders(readers), dispatch.assigned_at + timedelta(hours=rng.uniform(0.2, 30))
