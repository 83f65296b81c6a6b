"""What the police desk that has a referral has to see: contact before it was cleared, and answers that are due."""

from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery

from agencies.models import Agency, User
from agencies.models.agency import POLICE_KINDS, RESTRICTED_KINDS
from agencies.permissions import Permission, agencies_where, can
from agencies.selectors import holding
from agencies.working_days import Calendar, london_date, working_days_after
from people.models import Urgency
from referrals.models import Dispatch
from referrals.models.dispatch import STANDING
from referrals.selectors import dispatches_of
from triage.models import Deconfliction
from triage.models.deconfliction import CLEARING
from triage.selectors import deconflictions_of, to_answer
from triage.states import DeconflictionState

_RESTRICTED = ExpressionWrapper(Q(agency__kind__in=RESTRICTED_KINDS), BooleanField())
# So many working days ahead a review date is near.
REVIEW_NEAR = 5


def police_persons(reader: User) -> Q:
    """The condition for rows about persons whose referral a police agency of the reader has, officers' and analysts'.

    Of what is kept to named people analysts answer, and officers know who are named; who is excluded knows of neither.
    """
    police = [agency for agency in agencies_where(reader, Permission.URGENCY_SEE) if agency.is_police]
    worked = dispatches_of(reader).filter(agency__in=police)
    answered = deconflictions_of(reader).filter(person=F("referral__person"))
    return Q(person__in=worked.values("referral__person")) | Q(person__in=answered.values("person"))


def urgencies_of(reader: User) -> QuerySet[Urgency]:
    """Those that the reader's police desk is to see, the latest first."""
    found: QuerySet[Urgency] = Urgency.objects.filter(police_persons(reader))
    related = found.select_related("person", "agency", "done_by", "seen_by", "request__asked", "planned")
    return related.order_by("-done_at", "-id")


def urgencies_to_see(reader: User) -> QuerySet[Urgency]:
    """Of those, what nobody there has said they have seen, the oldest first."""
    return urgencies_of(reader).filter(seen_at=None).order_by("done_at", "id")


def urgencies_about(reader: User, person_id: UUID) -> list[Urgency]:
    """Those about one person, the latest first. No query for whoever is of no police desk."""
    return list(urgencies_of(reader).filter(person=person_id)) if can(reader, Permission.URGENCY_SEE) else []


def held_near(reader: User, *, now: datetime) -> QuerySet[Deconfliction]:
    """Answers to the reader's police desk that hold contact and whose review date is near, the earliest first."""
    last = working_days_after(london_date(now), REVIEW_NEAR, Calendar.ENGLAND_AND_WALES)
    held = Deconfliction.objects.filter(police_persons(reader), review_due__lte=last).exclude(outcome__in=CLEARING)
    related = held.filter(person=F("referral__person")).select_related("referral", "person")
    return related.order_by("review_due", "id")


def unanswered(reader: User, *, now: datetime) -> QuerySet[Deconfliction]:
    """What FIMU was to answer before now about referrals of the reader's police desk, the earliest due first.

    Not what waits for the reader's own answer. Annotated with `answering`, the id of the police agency that decides.
    """
    late = Deconfliction.objects.filter(police_persons(reader), state=DeconflictionState.OPEN, due__lt=now)
    late = late.exclude(pk__in=to_answer(reader).order_by().values("pk")).filter(person=F("referral__person"))
    standing = Dispatch.objects.filter(STANDING, referral=OuterRef("referral"), agency__kind__in=POLICE_KINDS)
    region_first = standing.order_by(_RESTRICTED, "sent_at", "pk")
    late = late.annotate(answering=Subquery(region_first.values("agency")[:1]))
    return late.select_related("referral", "person").order_by("due", "id")


def without_analysts(reader: User, *, now: datetime) -> list[Agency]:
    """The police agencies of the reader's desk for which nobody answers FIMU's questions. One query an agency."""
    police = [agency for agency in agencies_where(reader, Permission.URGENCY_SEE) if agency.is_police]
    on = london_date(now)
    found = {each: holding(each, Permission.DECONFLICTION_ANSWER, on=on).filter(is_active=True) for each in police}
    return [agency for agency, analysts in found.items() if not analysts.exists()]
