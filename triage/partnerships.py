"""Reads of police-led partnerships, scoped to their reader where they are born."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from agencies.models import Exclusion, User
from agencies.permissions import Permission, agencies_where
from agencies.restricted import hidden_from, may_know
from agencies.selectors import holding
from agencies.working_days import london_date
from people.records import record_of
from referrals.models import Dispatch, Referral
from referrals.models.dispatch import STANDING
from triage.models import GatewayAssessment, Handover, Partnership, PartnershipReview, PlannedAction
from triage.models.plan import ASKS_TO_LEAVE
from triage.states import GatewayState, HandoverState, PartnershipState, PlannedState


def partnerships_of(reader: User) -> QuerySet[Partnership]:
    """Those of the referrals that a police agency of the reader has, which they work, or about which they answer.

    Of what is kept to named people its analysts read too; whoever is excluded learns of nothing. None about a person
    whom the referral turned out not to be about.
    """
    worked = _dispatches(reader, Permission.PARTNERSHIP_WORK).exclude(referral__in=hidden_from(reader))
    kept = Exclusion.objects.filter(user=reader, restriction__released_at=None).values("restriction__about")
    answered = _dispatches(reader, Permission.DECONFLICTION_ANSWER).exclude(referral__in=kept)
    theirs = Q(referral__in=worked.values("referral")) | Q(referral__in=answered.values("referral"))
    found: QuerySet[Partnership] = Partnership.objects.filter(theirs, person=F("referral__person"))
    return found.select_related("referral__person", "person", "agency", "owner", "opened_by", "came_with", "ended_with")


def running_of(reader: User) -> QuerySet[Partnership]:
    """Of those, what has not ended, by the day of the next review."""
    return partnerships_of(reader).exclude(state=PartnershipState.ENDED).order_by("review_on", "id")


def overdue_of(reader: User, *, now: datetime) -> QuerySet[Partnership]:
    """Of those, whose review was to be held before today."""
    return running_of(reader).filter(review_on__lt=london_date(now))


def to_leave_of(reader: User) -> QuerySet[Partnership]:
    """Of those that the reader owns or supervises: whose last review asks to leave it, with the outcome of before it.

    Annotated with `reviewed_at`, when that was asked. Once the outcome is reopened the gateway says what is next; one
    that was signed since has answered the review.
    """
    last = PartnershipReview.objects.filter(partnership=OuterRef("pk")).order_by("-held_at", "-id")
    stands = GatewayAssessment.objects.filter(
        referral=OuterRef("referral"), person=OuterRef("person"), state=GatewayState.SIGNED,
        signed_at__lt=OuterRef("reviewed_at"),
    )  # fmt: skip
    found = running_of(reader).filter(Q(owner=reader) | _supervised(reader))
    found = found.annotate(
        reviewed_at=Subquery(last.values("held_at")[:1]), decided=Subquery(last.values("decision")[:1])
    )
    return found.filter(Exists(stands), decided__in=ASKS_TO_LEAVE).order_by("reviewed_at", "id")


def ended_of(reader: User) -> QuerySet[Partnership]:
    """Those that are over, the latest first."""
    return partnerships_of(reader).filter(state=PartnershipState.ENDED).order_by("-ended_at", "-id")


def unowned_of(reader: User) -> QuerySet[Partnership]:
    """Those that wait for an owner where the reader names one, and nobody is asked; the oldest first.

    Those about which somebody is asked are among `handovers_waiting`.
    """
    asked = Handover.objects.filter(partnership=OuterRef("pk"), state=HandoverState.OFFERED)
    waiting = partnerships_of(reader).filter(_supervised(reader), state=PartnershipState.WAITING)
    return waiting.exclude(Exists(asked)).order_by("opened_at", "id")


def handovers_waiting(reader: User) -> QuerySet[Handover]:
    """Whom the reader waits for: asked by them, or about what they own or supervise; the longest asked first.

    What the reader is asked is theirs to answer, and not among these.
    """
    theirs = running_of(reader)
    here = Q(partnership__in=theirs.filter(Q(owner=reader) | _supervised(reader)))
    asked_by = Q(offered_by=reader, partnership__in=theirs)
    found = Handover.objects.filter(here | asked_by, state=HandoverState.OFFERED).exclude(to=reader)
    related = found.select_related("partnership__referral__person", "partnership__agency", "partnership__owner", "to")
    return related.order_by("offered_at", "id")


def handovers_to(reader: User) -> QuerySet[Handover]:
    """What the reader is asked to own, and has not answered; the oldest first."""
    theirs = Handover.objects.filter(state=HandoverState.OFFERED, to=reader, partnership__in=running_of(reader))
    related = theirs.select_related("partnership__referral__person", "partnership__agency", "offered_by", "to")
    return related.order_by("offered_at", "id")


def planned_of(reader: User) -> QuerySet[PlannedAction]:
    """What the reader has to do by the plans of partnerships, whoever owns these; what is due first."""
    theirs = PlannedAction.objects.filter(state=PlannedState.OPEN, owner=reader, partnership__in=running_of(reader))
    related = theirs.select_related("partnership__referral__person", "partnership__agency", "owner")
    return related.order_by("due_on", "id")


def running_about(referral: Referral) -> Partnership | None:
    """The one that runs about the person whom the referral is about. One query; scoped to no reader."""
    found = Partnership.objects.filter(referral=referral, person=referral.person_id).select_related("owner", "agency")
    return found.exclude(state=PartnershipState.ENDED).first()


def partnerships_about(referral: Referral) -> list[Partnership]:
    """Every one about the person whom the referral is about, the latest first. One query; scoped to no reader."""
    found = Partnership.objects.filter(referral=referral, person=referral.person_id).select_related("owner", "agency")
    return list(found.order_by("-opened_at", "-id"))


def offered_of(partnership: Partnership) -> Handover | None:
    """Who is asked to own it and has not answered."""
    found: Handover | None = partnership.handovers.filter(state=HandoverState.OFFERED).select_related("to").first()
    return found


def beside(reader: User, partnership: Partnership) -> list[Partnership]:
    """Others that run about anybody on the same record and that the reader may read."""
    others = running_of(reader).filter(person__in=record_of(partnership.person).values("pk"))
    return list(others.exclude(pk=partnership.pk))


def able_to_own(dispatch: Dispatch) -> list[User]:
    """Whom a supervisor can name: who works partnerships of the agency and may know of the referral, by name."""
    officers = holding(dispatch.agency, Permission.PARTNERSHIP_WORK, on=timezone.localdate()).filter(is_active=True)
    return may_know(dispatch.referral_id, list(officers))


def touching(user_id: object) -> Iterable[Partnership]:
    """Those that run which somebody owns, is asked to own, or has something to do in. Scoped to no reader."""
    theirs = (
        Q(owner=user_id)
        | Q(handovers__to=user_id, handovers__state=HandoverState.OFFERED)
        | Q(planned__owner=user_id, planned__state=PlannedState.OPEN)
    )
    found = Partnership.objects.filter(theirs).exclude(state=PartnershipState.ENDED)
    return found.order_by("pk").distinct()


def _supervised(reader: User) -> Q:
    """Of partnerships: those of referrals for which the reader names who owns one."""
    worked = _dispatches(reader, Permission.PARTNERSHIP_SUPERVISE).exclude(referral__in=hidden_from(reader))
    return Q(referral__in=worked.values("referral"))


def _dispatches(reader: User, needed: Permission) -> QuerySet[Dispatch]:
    police = [agency for agency in agencies_where(reader, needed) if agency.is_police]
    found: QuerySet[Dispatch] = Dispatch.objects.filter(STANDING, agency__in=police)
    return found
