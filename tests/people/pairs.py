"""Pairs of referrals about who may be one human being, in one area and in two."""

from datetime import date
from typing import Any

from django.utils import timezone

from agencies.models import User
from audit.agents import Agent
from people.actions.find_matches import find_matches
from people.models import Match, Person
from people.sights import matches_about
from referrals.models import Dispatch, Referral
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted

BORN = date(2006, 8, 7)
AXEL = {
    **TEACHER,
    "given_names": "Axel",
    "family_name": "Rudderham",
    "date_of_birth": {"day": "7", "month": "8", "year": "2006"},
}
MISSPELT = {**AXEL, "family_name": "Ruderham", "date_of_birth": {"day": "17", "month": "8", "year": "2006"}}
# Cardiff: another council, and another CTP region.
IN_CARDIFF = {"postcode": "CF10 3NQ"}


def found(answers: dict[str, Any]) -> Referral:
    """A referral that has come in, and its matches looked for as the worker does."""
    referral = submitted(answers)
    find_matches(person_id=referral.person_id, by=Agent.SWEEPER, now=timezone.now())
    return referral


def pair(later: dict[str, Any] | None = None, earlier: dict[str, Any] | None = None) -> tuple[Referral, Referral]:
    """The earlier and the later referral, whose match has been looked for: in one area unless told otherwise."""
    return found(earlier or AXEL), found({**MISSPELT, **(later or {})})


def match_of(one: Referral, other: Referral) -> Match:
    """The match of the persons of two referrals. Raises Match.DoesNotExist where none was found."""
    first, second = sorted((one.person_id, other.person_id))
    return Match.objects.get(one=first, other=second)


def has_match(one: Referral, other: Referral) -> bool:
    """Whether their persons are a match."""
    return any(other.person_id in match.persons for match in matches_about([one.person_id]))


def officer_at(referral: Referral, *, police: bool = False) -> User:
    """An officer of the authority, or the police, that has the referral."""
    dispatch: Dispatch = dispatch_to_police(referral) if police else dispatch_to_authority(referral)
    return officer_of(dispatch.agency)


def record_ids(*referrals: Referral) -> list[Any]:
    """On which record their persons are now."""
    return [Person.objects.get(pk=referral.person_id).record_id for referral in referrals]
