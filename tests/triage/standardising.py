"""Versions of the standards for tests: written and published by somebody at headquarters."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from agencies.models import Agency, User
from agencies.roles import RoleName
from audit.agents import Agent
from tests.making import make_user
from triage.actions.draft_standard import draft_standard
from triage.actions.offer_practice import offer_practice
from triage.actions.publish_practice import publish_practice
from triage.actions.publish_standard import publish_standard
from triage.models import Moment, PracticeNote, Standard
from triage.standard_file import EXAMPLE, read_standard
from triage.standards import StepWords

LONG_AGO = timedelta(days=60)
NOTE = "The six systems, each with its own line."


def headquarters(name: str = "Rosalind Achebe") -> User:
    """Somebody who writes the standards."""
    desk = Agency.objects.get(code="national-police-desk")
    return make_user(agency=desk, role=RoleName.STANDARDS_LEAD, name=name, by=Agent.OPERATOR, now=timezone.now())


def step(code: str = "pnc", *, required: bool = True, moment: Moment = Moment.DECONFLICTION) -> StepWords:
    """One step."""
    return StepWords(code, moment, f"{code.upper()} searched", "Under every spelling.", required)


def for_both_moments() -> list[StepWords]:
    """The steps of the example, and one before a gateway assessment that can be left open."""
    return [*read_standard(EXAMPLE).steps, step("read", required=False, moment=Moment.GATEWAY)]


def drafted(*steps: StepWords, by: User | None = None, now: datetime | None = None) -> Standard:
    """A draft; without steps with those of the example."""
    told = read_standard(EXAMPLE)
    made: Standard = draft_standard(
        steps=steps or told.steps, origin=told.origin, by=by or headquarters(), now=now or timezone.now()
    )
    return made


def published(
    *steps: StepWords, by: User | None = None, now: datetime | None = None, day: date | None = None
) -> Standard:
    """A version that holds since long ago, unless told when."""
    by, now = by or headquarters(), now or timezone.now() - LONG_AGO
    draft = drafted(*steps, by=by, now=now)
    day = day or timezone.localdate(now) + timedelta(days=1)
    made: Standard = publish_standard(standard_id=draft.pk, note=NOTE, in_force_from=day, by=by, now=now)
    return made


def offered(by: User, words: str = "We ask the school for spellings first.", code: str = "pnc") -> PracticeNote:
    """Good practice of the first agency of somebody."""
    made: PracticeNote = offer_practice(
        agency_id=by.agencies[0].pk, step_code=code, words=words, by=by, now=timezone.now()
    )
    return made


def shown(by: User, words: str = "We ask the school for spellings first.", code: str = "pnc") -> PracticeNote:
    """The same, published."""
    made: PracticeNote = publish_practice(
        practice_id=offered(by, words, code).pk, by=headquarters("Wilf Oduya"), now=timezone.now()
    )
    return made
