"""The record of a person as one reader sees it: of every person on it whom they may read, and no others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from desk.beside_person import BesidePerson, written_beside
from desk.matches import ShownMatch, matches_shown
from desk.shown import Shown, shown_to
from desk.tasks_about import Tasks, tasks_about_persons
from desk.timeline import Moment
from people.keeping import agencies_working, readable_persons
from people.models import Person
from people.records import records_known_to
from referrals.models import Note, Referral
from referrals.repeats import Repeat, repeats_of


@dataclass(frozen=True)
class Dated:
    """One line of the chronology, and the references of the referrals it is of: a match is of two."""

    moment: Moment
    references: list[str]


@dataclass(frozen=True)
class Record:
    """What the person's page shows. `persons` are those on the record whom the reader may read."""

    persons: list[Person]
    referrals: list[Referral]
    repeat: Repeat
    matches: list[ShownMatch]
    written: BesidePerson
    tasks: Tasks
    notes: list[tuple[Referral, list[Note]]]
    chronology: list[Dated]
    looks: bool


def record_shown(reader: User, person: Person, *, now: datetime) -> Record:
    """Everything on record about a person whom the reader may read."""
    members = records_known_to(reader, [person])[person.pk]
    readable = readable_persons(reader, members)
    persons = list(Person.objects.filter(pk__in=readable).order_by("pk"))
    referrals = _referrals(readable)
    own = [each for each in referrals if each.person_id == person.pk]
    repeats = repeats_of(reader, own)
    shown = [shown_to(reader, referral, now=now) for referral in referrals]
    written = written_beside(reader, sorted(readable))
    tasks = tasks_about_persons(reader, persons)
    return Record(
        persons,
        referrals,
        repeat=repeats[own[-1].pk] if own else Repeat(),
        matches=matches_shown(reader, person.pk),
        written=written,
        tasks=[task for person_id in sorted(tasks) for task in tasks[person_id]],
        notes=[(each.referral, each.notes) for each in shown if each.notes],
        chronology=_chronology(shown, written.moments),
        looks=bool(agencies_working(reader, person.pk, Permission.MATCH_DECIDE)),
    )


def _referrals(persons: Iterable[UUID]) -> list[Referral]:
    found = Referral.objects.filter(person__in=persons).select_related("person", "referrer")
    return list(found.order_by("-submitted_at", "pk"))


def _chronology(shown: Iterable[Shown], beside: Iterable[Moment]) -> list[Dated]:
    """Every moment once; what was written beside a person is of no one referral."""
    found: dict[Moment, list[str]] = {moment: [] for moment in beside}
    for each in shown:
        for moment in each.moments:
            found.setdefault(moment, []).append(each.referral.reference)
    lines = [Dated(moment, list(dict.fromkeys(references))) for moment, references in found.items()]
    return sorted(lines, key=lambda line: line.moment.at, reverse=True)
