"""Reads of good-practice notes: they are about nobody, and every reader of the standards sees what is published."""

from collections import defaultdict

from django.db.models import QuerySet

from agencies.models import Agency
from triage.models import PracticeNote
from triage.states import PracticeState


def practice_by_step() -> dict[str, list[PracticeNote]]:
    """What is published, by the code of its step, the oldest first. One query."""
    found: dict[str, list[PracticeNote]] = defaultdict(list)
    for note in PracticeNote.objects.filter(state=PracticeState.PUBLISHED).select_related("region"):
        found[note.step_code].append(note)
    return dict(found)


def notes_offered() -> QuerySet[PracticeNote]:
    """What waits for headquarters, the oldest first."""
    found: QuerySet[PracticeNote] = PracticeNote.objects.filter(state=PracticeState.OFFERED).select_related("region")
    return found


def notes_by(agencies: list[Agency]) -> QuerySet[PracticeNote]:
    """Whatever agencies have offered, the latest first: they read what became of it."""
    found: QuerySet[PracticeNote] = PracticeNote.objects.filter(region__in=agencies).select_related("region")
    return found.order_by("-offered_at", "id")
