"""A small flood that the demonstration's national desk finds in the quarantine."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from desk.demonstration.imagining import Imagined, Receipt
from referrals.models import Flood, Quarantined, Referral

HELD = 7
BEGAN = timedelta(minutes=50)

_STORY = (
    "This man from {town} posts videos against everybody who does not think like him, and I know that he plans "
    "something because my {friend} saw a bag with {thing} in his car. He has said it in the {place} in front of us. "
    "You have to take him away before it is too late. I have written to you before and nobody has done anything, so "
    "now all of us will write until you do."
)
_WORDS = {
    "town": ("the estate", "our street", "the flats", "the square"),
    "friend": ("friend", "cousin", "colleague", "neighbour"),
    "thing": ("wires", "bottles", "books", "tools"),
    "place": ("pub", "club", "gym", "shop"),
}


def copies(imagined: list[Imagined], now: datetime) -> list[Imagined]:
    """Near-identical referrals by members of the public, made from others that came through the form."""
    rng = Random(HELD)  # noqa: S311  # repeatable on purpose
    untouched = Receipt(None, None, 0)
    own = [each for each in imagined if not each.facts.entry and not each.facts.immediate][:HELD]
    return [
        Imagined(
            replace(each.facts, submitted_at=now - BEGAN + timedelta(seconds=11 * number), welsh=False),
            {
                "danger": "no",
                "referrer_kind": "public",
                "concern": _STORY.format(**{name: rng.choice(words) for name, words in _WORDS.items()}),
                "how_known": ["told_by_other"],
                "when_noticed": "week",
                "given_names": each.facts.human.typed.given,
                "adult_or_child": "adult",
                "authority": each.facts.human.home.code,
                "told": ["nobody"],
            },
            (untouched, untouched),
        )
        for number, each in enumerate(own)
    ]


def flood_of(referrals: list[Referral]) -> tuple[Flood, list[Quarantined]]:
    """The group and its rows. The desk was told when it began and is reminded in an hour."""
    first = referrals[0]
    flood = Flood(
        leader=first.pk,
        started_at=first.submitted_at,
        alarmed=first.submitted_at + timedelta(minutes=1),
        remind_due=first.submitted_at + BEGAN + timedelta(hours=1),
        reason="",
    )
    by = Agent.REFERRER.pk
    return flood, [
        Quarantined(referral=each, flood=flood, held_at=each.submitted_at, held_by=by, reason="") for each in referrals
    ]


def held_events(referrals: list[Referral]) -> Iterator[EventRecord]:
    """What the timeline tells of them."""
    for each in referrals:
        yield EventRecord(
            kind=Event.REFERRAL_HELD.value,
            object_type=each._meta.label_lower,
            object_id=each.pk,
            subject=each.person_id,
            actor=Agent.REFERRER.pk,
            happened=each.submitted_at,
        )
