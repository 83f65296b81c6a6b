"""Reads of the triage room, scoped to their reader where they are born."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from agencies.models import Agency, Exclusion, User
from agencies.models.agency import POLICE_KINDS, RESTRICTED_KINDS
from agencies.permissions import Permission, agencies_where
from agencies.restricted import hidden_from
from agencies.working_days import london_date
from people.models import Person
from people.records import record_of
from referrals.models import Dispatch, Referral
from referrals.models.dispatch import STANDING
from referrals.outcomes import tells_of_outcomes
from triage.models import (
    Deconfliction,
    GatewayAssessment,
    GatewaySignature,
    Handover,
    Partnership,
    Signposting,
    StepCheck,
)
from triage.states import DeconflictionState, GatewayState, HandoverState

# What was checked before each answer, in the order of the steps.
_IN_ORDER = StepCheck.objects.select_related("step", "recorded_by").order_by("step__position", "step__code")
_CHECKS = Prefetch("checks", _IN_ORDER)


def deconflictions_of(reader: User) -> QuerySet[Deconfliction]:
    """Those of the referrals about which the reader answers for a police agency, answered and overtaken ones too.

    Also of what is restricted to named people; of nothing from which the reader is excluded by name.
    """
    agencies = [each for each in agencies_where(reader, Permission.DECONFLICTION_ANSWER) if each.is_police]
    theirs = Dispatch.objects.filter(STANDING, agency__in=agencies)
    kept = Exclusion.objects.filter(user=reader, restriction__released_at=None).values("restriction__about")
    found: QuerySet[Deconfliction] = Deconfliction.objects.filter(referral__in=theirs.values("referral"))
    return found.exclude(referral__in=kept).select_related("referral", "person", "answered_by", "agency")


def deciding(reader: User, needed: Permission) -> QuerySet[Dispatch]:
    """How police agencies for which the reader may do what is `needed` have the referrals about which they decide.

    Not how a restricted desk has one that it has sent on: the region decides then.
    """
    police = [agency for agency in agencies_where(reader, needed) if agency.is_police]
    ordinary = POLICE_KINDS - RESTRICTED_KINDS
    region = Dispatch.objects.filter(STANDING, referral=OuterRef("referral"), agency__kind__in=ordinary)
    theirs = Dispatch.objects.filter(STANDING, agency__in=police)
    return theirs.exclude(Exists(region), agency__kind__in=RESTRICTED_KINDS)


def to_answer(reader: User) -> QuerySet[Deconfliction]:
    """What waits for the reader's answer: immediate danger first, then what is due first."""
    theirs = deciding(reader, Permission.DECONFLICTION_ANSWER).values("referral")
    waiting = deconflictions_of(reader).filter(state=DeconflictionState.OPEN, referral__in=theirs)
    return waiting.order_by("-referral__immediate", "due", "id")


def deconfliction_seen(reader: User, deconfliction_id: UUID) -> Deconfliction:
    """The one with this id. Raises Deconfliction.DoesNotExist where the reader answers nothing about it."""
    found: Deconfliction = deconflictions_of(reader).prefetch_related(_CHECKS).get(pk=deconfliction_id)
    return found


def before(deconfliction: Deconfliction) -> list[Deconfliction]:
    """What was answered about the same person before, newest first."""
    answered = Deconfliction.objects.filter(person=deconfliction.person_id, state=DeconflictionState.ANSWERED)
    earlier = answered.exclude(pk=deconfliction.pk).select_related("answered_by", "agency").prefetch_related(_CHECKS)
    return list(earlier.order_by("-opened_at", "-id"))


def latest_of(referral: Referral) -> Deconfliction | None:
    """What was asked last about the person whom the referral is about; None where nothing was."""
    found = Deconfliction.objects.filter(referral=referral, person=referral.person_id)
    return found.order_by("-opened_at", "-id").first()


def asks_for_two(person: Person) -> bool:
    """Whether FIMU asks for two signatures in what it answered last about anybody on the record. One query."""
    answered = Deconfliction.objects.filter(person__in=record_of(person), state=DeconflictionState.ANSWERED)
    last = answered.order_by("person", "-answered_at", "-id").distinct("person")
    return any(last.values_list("two_sign", flat=True))


def police_agency_of(referral: Referral) -> Agency | None:
    """The police agency that has the referral: at a restricted desk, that desk. One query."""
    dispatch = police_dispatch_of(referral)
    return dispatch.agency if dispatch is not None else None


def police_dispatch_of(referral: Referral) -> Dispatch | None:
    """How a police agency has the referral; None where none has. One query.

    A region rather than the restricted desk that has sent it on.
    """
    standing = referral.dispatches.filter(STANDING).select_related("agency").order_by("sent_at", "pk")
    police = [dispatch for dispatch in standing if dispatch.agency.is_police]
    return next((each for each in police if not each.agency.is_restricted), next(iter(police), None))


def never_deconflicted() -> QuerySet[Referral]:
    """Referrals that an agency has and about which FIMU was never asked, the oldest first. Scoped to no reader."""
    sent = Dispatch.objects.filter(STANDING, referral=OuterRef("pk"))
    asked = Deconfliction.objects.filter(referral=OuterRef("pk"))
    found: QuerySet[Referral] = Referral.objects.filter(Exists(sent), ~Exists(asked)).order_by("submitted_at", "pk")
    return found


def past_their_review(now: datetime) -> QuerySet[Deconfliction]:
    """Answers whose review date has passed and about which FIMU was not asked again, the oldest first."""
    found: QuerySet[Deconfliction] = Deconfliction.objects.filter(review_due__lt=london_date(now))
    return found.order_by("review_due", "pk")


def assessments_of(reader: User, *, needed: Permission = Permission.GATEWAY_WRITE) -> QuerySet[GatewayAssessment]:
    """The gateway assessments of the referrals that a police agency has, for which the reader may do what is `needed`.

    Not of what is kept from the reader, nor those about a person whom the referral turned out not to be about.
    """
    police = [agency for agency in agencies_where(reader, needed) if agency.is_police]
    theirs = Dispatch.objects.filter(STANDING, agency__in=police).exclude(referral__in=hidden_from(reader))
    found: QuerySet[GatewayAssessment] = GatewayAssessment.objects.filter(referral__in=theirs.values("referral"))
    found = found.exclude(state=GatewayState.OVERTAKEN).filter(person=F("referral__person"))
    return found.select_related("referral__person", "person", "written_by", "proposed_by", "weighed")


def latest_assessment(referral: Referral) -> GatewayAssessment | None:
    """The one that is written, waits or stands, else the one that was reopened last; with who did what. One query."""
    return next(iter(assessments_about(referral)), None)


@tells_of_outcomes
def is_signed(referral: Referral) -> bool:
    """Whether an outcome of the referral stands, about whomever it is about now. One query."""
    return GatewayAssessment.objects.filter(
        referral=referral, person=referral.person_id, state=GatewayState.SIGNED
    ).exists()


def assessments_about(referral: Referral) -> list[GatewayAssessment]:
    """Every one about the person whom the referral is about, the latest first. One query."""
    found = GatewayAssessment.objects.filter(referral=referral, person=referral.person_id)
    found = found.exclude(state=GatewayState.OVERTAKEN).select_related(
        "person", "written_by", "proposed_by", "returned_by", "signed_by", "reopened_by", "agency", "weighed",
        "signposting__answered_by", "duplicate_of",
    )  # fmt: skip
    rows = list(found.order_by("-opened_at", "-id"))
    for row in rows:
        row.referral = referral
    return rows


def checks_of(assessment: GatewayAssessment) -> list[StepCheck]:
    """What was checked before the assessment, in the order of the steps. One query."""
    return list(_IN_ORDER.filter(gateway=assessment))


def to_sign(reader: User) -> QuerySet[GatewayAssessment]:
    """What waits for the reader's signature, the oldest first: not what they wrote in, have signed, own or owned."""
    signed = GatewaySignature.objects.filter(assessment=OuterRef("pk"), round=OuterRef("round"), signed_by=reader)
    theirs = deciding(reader, Permission.GATEWAY_SIGN).values("referral")
    waiting = assessments_of(reader, needed=Permission.GATEWAY_SIGN).filter(referral__in=theirs)
    waiting = waiting.filter(state=GatewayState.PROPOSED)
    accepted = Handover.objects.filter(partnership=OuterRef("pk"), to=reader, state=HandoverState.ACCEPTED)
    running = Partnership.objects.filter(referral=OuterRef("referral"), review_on__isnull=False)
    waiting = waiting.exclude(Exists(running.filter(Q(owner=reader) | Exists(accepted))))
    return waiting.exclude(authors__contains=[reader.pk]).exclude(Exists(signed)).order_by("proposed_at", "id")


def disputed(reader: User) -> QuerySet[GatewayAssessment]:
    """Proposed outcomes whose officers disagree with what the reader's FIMU answered, the oldest first.

    Not once FIMU has answered anew: then the officer weighs that.
    """
    theirs = deconflictions_of(reader).filter(person=F("referral__person"))
    since = Deconfliction.objects.filter(person=OuterRef("person"), answered_at__gt=OuterRef("weighed__answered_at"))
    found: QuerySet[GatewayAssessment] = GatewayAssessment.objects.filter(
        ~Exists(since), state=GatewayState.PROPOSED, agrees=False, weighed__in=theirs.values("pk")
    )
    return found.select_related("referral", "person").order_by("proposed_at", "id")


def signpostings_of(reader: User) -> QuerySet[Signposting]:
    """Those of the signed outcomes of the reader's police agencies, whatever the service has said."""
    theirs = assessments_of(reader).filter(state=GatewayState.SIGNED)
    found: QuerySet[Signposting] = Signposting.objects.filter(assessment__in=theirs.values("pk"))
    return found.select_related("assessment__referral__person", "answered_by")
