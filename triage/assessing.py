"""What the gate asks about (`triage.gate`), read under the locks of whoever proposes or signs."""

from datetime import datetime

from django.db.models import Q

from agencies.models import User
from agencies.working_days import london_date
from people.clearance import is_cleared
from people.matching.normalising import years_in
from people.models import AdultOrChild, Person
from people.policies import likely_asked, likely_left_open, likely_waits
from people.records import record_of
from people.sights import seen_of_record
from referrals.models import Dispatch, Join, JoinKind, Referral
from referrals.models.withdrawal import UNSETTLED
from referrals.policies import awaits_acknowledgement
from referrals.repeats import is_one_of_several
from referrals.selectors import is_stopped
from triage.checklist import left_open, steps_for
from triage.gate import Facts, signatures_needed
from triage.models import Deconfliction, GatewayAssessment, Moment, TriageOutcome
from triage.models.outcome import GOES_ON
from triage.news import is_overtaken_by_news
from triage.partnerships import running_about
from triage.selectors import asks_for_two, latest_of
from triage.states import GatewayState, PlannedState

ADULT_FROM = 18


def facts_of(assessment: GatewayAssessment, dispatch: Dispatch, *, by: User, now: datetime) -> Facts:
    """The facts as they stand; of matches and earlier referrals as many as `by` may know of, or the gate told of them.

    `dispatch` is how the police agency has the referral.
    """
    answered, running = answer_to_weigh(assessment.referral), running_about(assessment.referral)
    seen = seen_of_record(by, assessment.person)
    return Facts(
        now=now,
        outcome=assessment.outcome,
        considered=assessment.considered,
        answers=assessment.answers,
        rationale=assessment.rationale or "",
        agrees=assessment.agrees,
        no_concerns=assessment.no_concerns,
        reasons=assessment.reasons,
        form=assessment.form,
        received=not awaits_acknowledgement(dispatch),
        same_person=assessment.person_id == assessment.referral.person_id,
        answered_at=answered.answered_at if answered else None,
        clears=is_cleared(assessment.person_id),
        weighed=answered is not None and answered.pk == assessment.weighed_id,
        news=is_overtaken_by_news(assessment.referral) or _is_over(answered, now),
        reported_as=_reported_as(assessment.referral),
        likely_undecided=likely_waits(seen),
        likely_asked=likely_asked(seen),
        duplicates=_duplicates(assessment),
        age=youngest_age(assessment),
        left_open=_left_open(assessment),
        planned_open=running is not None and running.planned.filter(state=PlannedState.OPEN).exists(),
        not_reviewed=running is not None and not running.reviews.exists(),
    )


def signatures_for(assessment: GatewayAssessment, *, by: User) -> int:
    """How many supervisors have to sign it; a likely match left open may be a repeat.

    Also where the earlier referral is kept from `by`: nobody is told why there are two, and FIMU may have
    asked for them (ADR 29).
    """
    return signatures_needed(
        repeated=is_one_of_several(assessment.referral) or likely_left_open(seen_of_record(by, assessment.person)),
        agrees=assessment.agrees,
        age=youngest_age(assessment),
        asked=asks_for_two(assessment.person),
    )


def youngest_age(assessment: GatewayAssessment) -> int | None:
    """In whole years, the lowest that is known of anybody on the record, estimates too; None where none is.

    Of whom it is only known that they are an adult, that age.
    """
    ages = (_age_of(person) for person in record_of(assessment.person))
    return min((age for age in ages if age is not None), default=None)


def _age_of(person: Person) -> int | None:
    age = person.age if person.age is not None else years_in(person.approximate_age)
    return ADULT_FROM if age is None and person.adult_or_child == AdultOrChild.ADULT else age


def _left_open(assessment: GatewayAssessment) -> dict[str, str]:
    """The required steps of the version that held when it was begun of which nothing is said."""
    said = set(assessment.checks.values_list("step__code", flat=True))
    return {step.code: step.words for step in left_open(steps_for(Moment.GATEWAY, assessment.opened_at), said)}


def _is_over(answered: Deconfliction | None, now: datetime) -> bool:
    """Whether the review date of what FIMU answered has passed: it is asked again in the night."""
    return answered is not None and answered.review_on is not None and answered.review_on < london_date(now)


def _duplicates(assessment: GatewayAssessment) -> bool:
    """Whether another referral is named that is on the same record, or was joined as the same referral, sent twice.

    Not one that nobody works: of two that name each other nobody would work either.
    """
    other = assessment.duplicate_of
    if other is None or other.pk == assessment.referral_id or is_stopped(other) or _ends(other):
        return False
    pair = [other.pk, assessment.referral_id]
    sent_twice = Join.objects.filter(earlier__in=pair, later__in=pair, kind=JoinKind.DUPLICATE, undone_at=None)
    return sent_twice.exists() or record_of(assessment.person).filter(pk=other.person_id).exists()


def _reported_as(referral: Referral) -> str:
    kind: str | None = referral.withdrawals.filter(UNSETTLED).values_list("kind", flat=True).first()
    return kind or ""


def _ends(referral: Referral) -> bool:
    """Whether its outcome is signed, and nobody goes on with it, or it is to close as a duplicate itself."""
    signed, proposed = Q(state=GatewayState.SIGNED), Q(state=GatewayState.PROPOSED, outcome=TriageOutcome.DUPLICATE)
    found = referral.gateway_assessments.filter(signed | proposed, person=referral.person_id)
    return found.exclude(outcome__in=GOES_ON).exists()


def answer_to_weigh(referral: Referral) -> Deconfliction | None:
    """What FIMU answered last, unless it is asked again."""
    latest = latest_of(referral)
    return latest if latest is not None and latest.is_answered else None
