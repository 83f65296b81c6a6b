"""The demonstration's headquarters have published two versions of the standards, and good practice of two regions."""

from datetime import datetime, timedelta

from django.utils import timezone

from agencies.models import User
from triage.actions.draft_standard import draft_standard
from triage.actions.offer_practice import offer_practice
from triage.actions.publish_practice import publish_practice
from triage.actions.publish_standard import publish_standard
from triage.standard_file import EXAMPLE, NEXT_EXAMPLE, StandardFile, read_standard

HEADQUARTERS = "standards@national-desk.example"
_DAY = timedelta(days=1)
_SECOND = timedelta(days=45)
_FIRST_NOTE = "The first version: one line for each system, each with the day or the reason."
_PRACTICE = (
    (
        "fimu@ctp-north-east.example", "names-and-spellings", 30,
        "We search under the surnames of both parents from the start. In a month it found two earlier records.",
    ),
    (
        "officer@ctp-wales.example", "local-crime-and-intelligence", 20,
        "Ask the force where the person went to school too: families move, and the paper stays.",
    ),
    (
        "officer@ctp-wales.example", "earlier-referrals-read", 12,
        "We write the earlier referrals down by date on one page first. Twice that showed what none showed alone.",
    ),
)  # fmt: skip


def set_standards(*, opened: datetime, now: datetime) -> None:
    """Publish the example when the demonstration begins, its next version later, and good practice after that."""
    by = User.objects.get(email=HEADQUARTERS)
    _publish(read_standard(EXAMPLE), _FIRST_NOTE, by, opened)
    told = read_standard(NEXT_EXAMPLE)
    _publish(told, told.note, by, now - _SECOND)
    for email, code, days, words in _PRACTICE:
        region = User.objects.get(email=email)
        offered = now - days * _DAY
        note = offer_practice(agency_id=region.agencies[0].pk, step_code=code, words=words, by=region, now=offered)
        publish_practice(practice_id=note.pk, by=by, now=offered + _DAY)


def _publish(told: StandardFile, note: str, by: User, at: datetime) -> None:
    draft = draft_standard(steps=told.steps, origin=told.origin, by=by, now=at)
    publish_standard(
        standard_id=draft.pk, note=note, in_force_from=timezone.localdate(at) + _DAY, by=by, now=at
    )  # fmt: skip
