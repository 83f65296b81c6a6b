"""What must be, read from the rows: for tests that put the rooms' own selectors on trial."""

from typing import Any

from django.utils import timezone

from people.models import Person
from people.records import record_of
from referrals.models import Referral
from triage.models import Deconfliction, Outcome

CLEARS = {Outcome.CLEAR, Outcome.CONDITIONS}


def latest_asked(referral_id: Any) -> Deconfliction | None:
    """The last question to FIMU about a referral, whether or not it is answered."""
    return Deconfliction.objects.filter(referral=referral_id).order_by("-opened_at", "-id").first()


def is_cleared(person: Person) -> bool:
    """Whether FIMU's last answer about each on the record lets them be contacted, and still holds."""
    referrals = Referral.objects.filter(person__in=record_of(person))
    last = [latest_asked(pk) for pk in referrals.values_list("pk", flat=True)]
    today = timezone.localdate()
    return all(row and row.outcome in CLEARS and row.review_on and row.review_on >= today for row in last)
