"""The demonstration's police have assessed some referrals: one of each stage, and a service that declined."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from agencies.models import User
from people.policies import likely_left_open, likely_waits
from people.sights import seen_of_record
from referrals.models import Referral
from referrals.repeats import repeats_of
from referrals.selectors import dispatches_of
from referrals.states import DispatchState
from triage.actions.begin_assessment import begin_assessment
from triage.actions.propose_outcome import propose_outcome
from triage.actions.record_service_answer import record_service_answer
from triage.actions.return_assessment import return_assessment
from triage.actions.sign_outcome import sign_outcome
from triage.actions.write_assessment import Assessed, write_assessment
from triage.assessing import youngest_age
from triage.checklist import Checked, steps_for
from triage.gate import FRESH, may_be_young
from triage.models import ClosingReason, GatewayAssessment, Moment, NoConcerns, Result, TriageOutcome
from triage.models.signposting import ServiceSaid
from triage.news import is_overtaken_by_news
from triage.selectors import latest_assessment, latest_of

_CONCERN = {
    "concern": "The school heard the same words twice, from two pupils who do not know each other. That is fact; what"
    " he meant by them is opinion.",
    "susceptibility": "He was excluded in spring, has nobody at home in the evening and spends it with people whom he"
    " only knows online. He watches footage of attacks; what he believes is mixed and changes.",
    "protection": "A football coach whom he trusts, and an aunt who lives near.",
    "options": "Support by the school alone was considered: it has offered that for a year without change.",
    "weighing": "It does not stand in the way of this outcome.",
    "no_concerns_words": "Three people were asked, and the footage he shared was looked at.",
}
_ENDS = _CONCERN | {
    "concern": "A teacher worried about a drawing. It was homework for another class, which that teacher confirms.",
    "no_concerns_words": "The drawing is explained, his teachers see no other sign, and nothing else is known.",
    "service": "Early Help of Leeds City Council, asked by telephone; it answers within two weeks.",
}
_NOBODY_TO_ASK = "Nothing is open that only the referrer could say."
GOES_ON = Assessed(
    outcome=TriageOutcome.CHANNEL, considered=(TriageOutcome.SIGNPOSTED, TriageOutcome.NO_FURTHER_ACTION),
    answers=_CONCERN, agrees=True, no_concerns=NoConcerns.NO,
    rationale="The interest in attacks grows, he is alone with it, and the panel has what the school has not.",
)  # fmt: skip
SIGNPOSTED = Assessed(
    outcome=TriageOutcome.SIGNPOSTED, considered=(TriageOutcome.CHANNEL,), answers=_ENDS, agrees=True,
    no_concerns=NoConcerns.YES, reasons=(ClosingReason.EXPLAINED, ClosingReason.NEED_MET),
    rationale="What was seen has another explanation. He grieves for a brother, and Early Help meets that.",
)  # fmt: skip
NO_ACTION = Assessed(
    outcome=TriageOutcome.NO_FURTHER_ACTION, considered=(TriageOutcome.CHANNEL, TriageOutcome.SIGNPOSTED),
    answers=_ENDS, agrees=True, no_concerns=NoConcerns.YES, reasons=(ClosingReason.EXPLAINED,),
    rationale="What was seen has another explanation, and nobody who knows him is worried.",
)  # fmt: skip


def assess(*, now: datetime) -> None:
    """Two signed, one of them declined by the service; one waits for the supervisor, one was given back, one begun."""
    officer = User.objects.get(email="officer@ctp-north-east.example")
    boss = User.objects.get(email="supervisor@ctp-north-east.example")
    ready = ready_to_assess(officer, now=now)
    proposed(next(ready), GOES_ON, officer, boss, now=now, signs=True)
    row = proposed(next(ready), SIGNPOSTED, officer, boss, now=now, signs=True)
    record_service_answer(
        signposting_id=row.signposting.pk, said=ServiceSaid.DECLINED, by=officer, now=now - timedelta(hours=2),
        reason="Early Help has no place before autumn, says its duty officer.",
    )  # fmt: skip
    proposed(next(ready), NO_ACTION, officer, boss, now=now)
    back = proposed(next(ready), NO_ACTION, officer, boss, now=now)
    return_assessment(
        assessment_id=back.pk, at_round=1, by=boss, now=now - timedelta(hours=1),
        reason="Who of his teachers was asked, and what about the evenings?",
    )  # fmt: skip
    begin_assessment(referral_id=next(ready).pk, by=officer, now=now - timedelta(hours=3))


def ready_to_assess(officer: User, *, now: datetime) -> Iterator[Referral]:
    """Received, cleared lately, not assessed, of nobody else who may be the same person: the latest first."""
    taken = dispatches_of(officer).filter(state=DispatchState.ACKNOWLEDGED).select_related("referral__person")
    for dispatch in taken.order_by("-sent_at", "id"):
        referral, latest = dispatch.referral, latest_of(dispatch.referral)
        if latest_assessment(referral) is not None:
            continue
        if latest is None or latest.answered_at is None or not latest.clears or latest.answered_at < now - FRESH:
            continue
        if is_overtaken_by_news(referral):
            continue
        age = youngest_age(GatewayAssessment(referral=referral, person=referral.person))
        repeat = repeats_of(officer, [referral])[referral.pk]
        likely = seen_of_record(officer, referral.person)
        if repeat or may_be_young(age) or likely_waits(likely) or likely_left_open(likely):
            continue
        yield referral


def _checks(row: GatewayAssessment) -> list[Checked]:
    """Each required step was done on the day, but for one that did not apply; of the others nothing is said."""
    day = timezone.localdate(row.opened_at)
    steps = [step for step in steps_for(Moment.GATEWAY, row.opened_at) if step.required]
    return [
        Checked(step.code, Result.NOT_APPLICABLE, why=_NOBODY_TO_ASK)
        if step.code == "referrer-heard"
        else Checked(step.code, Result.DONE, on=day)
        for step in steps
    ]


def proposed(
    referral: Referral, said: Assessed, officer: User, boss: User, *, now: datetime, signs: bool = False
) -> GatewayAssessment:
    """Assessed as `said` and proposed; with `signs`, signed too. It takes the six hours before `now`."""
    latest = latest_of(referral)
    begun = begin_assessment(referral_id=referral.pk, by=officer, now=now - timedelta(hours=6))
    told = Assessed(**{**vars(said), "weighed": latest.pk if latest else None})
    written = write_assessment(
        assessment_id=begun.pk, assessed=told, read_at=begun.written_at, by=officer, now=now - timedelta(hours=5),
        checks=_checks(begun),
    )  # fmt: skip
    row: GatewayAssessment = propose_outcome(
        assessment_id=begun.pk, read_at=written.written_at, by=officer, now=now - timedelta(hours=4)
    )
    if signs:
        row = sign_outcome(
            assessment_id=row.pk, at_round=1, reason="Read in full. The options are weighed and the grounds hold.",
            by=boss, now=now - timedelta(hours=3),
        )  # fmt: skip
    return row
