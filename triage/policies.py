"""WHEN something of this room can be done: what its own state permits."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.words import says_something
from agencies.working_days import london_date
from audit.refusals import NotNow
from people.models import Urgency
from referrals.models import Referral
from triage.gate import Refusal
from triage.models import (
    Deconfliction,
    GatewayAssessment,
    GatewaySignature,
    Handover,
    Outcome,
    Partnership,
    PlannedAction,
    PracticeNote,
    Source,
    Standard,
    StandardStep,
    TriageOutcome,
)
from triage.states import GatewayState, PracticeState, StandardState

# Further ahead than this no answer holds, and no version of the standards begins.
LONGEST = timedelta(days=365)
# The outcome that stands where a partnership comes from there.
CAME_WITH = {Source.GATEWAY: TriageOutcome.POLICE_LED, Source.CHANNEL: TriageOutcome.CHANNEL}


def check_waits(deconfliction: Deconfliction) -> None:
    """Raise NotNow unless it is open, and about the person whom the referral is about still."""
    if deconfliction.is_answered:
        raise NotNow(_("A colleague has answered this meanwhile. Read what they said."))
    if not deconfliction.is_open or deconfliction.person_id != deconfliction.referral.person_id:
        raise NotNow(_("Something new has come in meanwhile. Go to what waits for an answer, and read it again."))


def check_says_what_to_do(outcome: Outcome, instruction: str) -> None:
    """Raise NotNow for an answer that leaves open what the officers are to do; clear to proceed may stand alone."""
    if outcome != Outcome.CLEAR and not instruction.strip():
        raise NotNow(_("Write what those who work the referral are to do."))


def check_nothing_is_drafted() -> None:
    """Raise NotNow where there is a draft of the standards: one at a time."""
    if Standard.objects.filter(state=StandardState.DRAFT).exists():
        raise NotNow(_("There is a draft already. Publish it first."))


def check_is_drafted(standard: Standard) -> None:
    """Raise NotNow for a version that is published: it stays as it was."""
    if not standard.is_draft:
        raise NotNow(_("This version is published, and stays as it is. Begin a new one."))


def check_is_ready(standard: Standard) -> None:
    """Raise NotNow for a version that asks nothing."""
    if not standard.steps.exists():
        raise NotNow(_("This version has no steps yet."))


def check_says_what_changed(note: str) -> None:
    """Raise NotNow where the regions would not be told what is different."""
    if not says_something(note):
        raise NotNow(_("Say what changed, for those who work by it."))


def check_starts_later(day: date, current: Standard | None, *, now: datetime) -> None:
    """Raise NotNow unless the version holds from a later day than today, and not before the one that it follows.

    So every question has one version from the day on which it was opened, which nobody changes afterwards.
    """
    if day <= london_date(now):
        raise NotNow(_("The day from which it holds must be after today."))
    if day > london_date(now) + LONGEST:
        raise NotNow(_("The day from which it holds must be within a year."))
    if current is not None and current.in_force_from is not None and day < current.in_force_from:
        raise NotNow(_("The day from which it holds must not be before that of the version it follows."))


def check_is_a_step(code: str) -> None:
    """Raise NotNow for a code that no published version has."""
    if not StandardStep.objects.filter(code=code).exclude(standard__state=StandardState.DRAFT).exists():
        raise NotNow(_("There is no such step."))


def check_says_it(words: str) -> None:
    """Raise NotNow for words that say nothing."""
    if not says_something(words):
        raise NotNow(_("Write it in words."))


def check_is_offered(note: PracticeNote) -> None:
    """Raise NotNow for a good-practice note about which somebody has decided."""
    if note.state != PracticeState.OFFERED:
        raise NotNow(_("A colleague has decided about this meanwhile."))


def check_is_shown(note: PracticeNote) -> None:
    """Raise NotNow for a good-practice note that the regions do not see."""
    if note.state != PracticeState.PUBLISHED:
        raise NotNow(_("This is not published, or is withdrawn already."))


def check_has_none(standing: GatewayAssessment | None) -> None:
    """Raise NotNow where an assessment is being written, waits for a signature, or is signed and not reopened."""
    if standing is not None and (standing.is_draft or standing.is_proposed):
        raise NotNow(_("A colleague has begun the gateway assessment meanwhile. Go on with that one."))
    if standing is not None and standing.is_signed:
        raise NotNow(_("The outcome is signed. Reopen it first."))


def check_none_is_of_another(referral: Referral) -> None:
    """Raise NotNow until what was written about the wrong person is ended: the worker does that."""
    standing = (GatewayState.DRAFT, GatewayState.PROPOSED, GatewayState.SIGNED)
    if referral.gateway_assessments.exclude(person=referral.person_id).filter(state__in=standing).exists():
        raise NotNow(_("The referral is about somebody else since. Try again in a minute."))


def check_is_written(assessment: GatewayAssessment) -> None:
    """Raise NotNow unless it is a draft about the person whom the referral is about still."""
    if not assessment.is_draft:
        raise NotNow(_("It is not being written any more. Reload the page to see where it stands."))
    if assessment.person_id != assessment.referral.person_id:
        raise NotNow(_("The referral is about somebody else since. Begin a new assessment."))


def check_is_as_read(assessment: GatewayAssessment, read_at: datetime) -> None:
    """Raise NotNow where somebody has written in it since it was shown: nobody overwrites what they have not read."""
    if assessment.written_at != read_at:
        raise NotNow(
            _("{name} has written in it meanwhile. Keep a copy of anything you typed, and open it again.").format(
                name=assessment.written_by.name
            )
        )


def check_is_proposed(assessment: GatewayAssessment, at_round: int) -> None:
    """Raise NotNow unless it waits for a signature, and is as it was when the supervisor read it."""
    if not assessment.is_proposed or assessment.round != at_round:
        raise NotNow(_("It has moved on since you read it. Reload the page to see where it stands."), code="moved_on")


def check_is_signed(assessment: GatewayAssessment) -> None:
    """Raise NotNow unless its outcome stands."""
    if not assessment.is_signed:
        raise NotNow(_("Only an outcome that stands can be reopened."))


class GateIsShut(NotNow):
    """Something stands between an assessment and its outcome: all of it is said."""

    def __init__(self, found: Sequence[Refusal]) -> None:
        super().__init__(" ".join(dict.fromkeys(str(each.sentence) for each in found)))
        self.found = found

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """What the gate says, each with its own code."""
        return [(each.code, str(each.sentence)) for each in self.found]


def check_gate_is_open(found: Sequence[Refusal]) -> None:
    """Raise GateIsShut where something stands between the assessment and its outcome."""
    if found:
        raise GateIsShut(found)


def check_not_seen(urgency: Urgency) -> None:
    """Raise NotNow where somebody has said that they have seen it."""
    if urgency.seen_by is not None:
        raise NotNow(_("{name} has seen this already.").format(name=urgency.seen_by.name))


def check_none_runs(running: Partnership | None) -> None:
    """Raise NotNow where a police-led partnership runs about the referral already."""
    if running is not None:
        raise NotNow(_("A police-led partnership runs already."))


def check_came_with(source: Source, latest: GatewayAssessment | None) -> GatewayAssessment:
    """The signed outcome from which a partnership comes. Raises NotNow where none stands that leads to one."""
    if latest is None or not latest.is_signed or latest.outcome != CAME_WITH[source]:
        raise NotNow(_("The outcome that stands does not lead to a police-led partnership."))
    return latest


def check_runs(partnership: Partnership) -> None:
    """Raise NotNow unless it runs, about the person whom the referral is about still."""
    if partnership.is_ended:
        raise NotNow(_("The partnership has ended."))
    if partnership.person_id != partnership.referral.person_id:
        raise NotNow(_("The referral is about somebody else since."))


def check_changes_owner(partnership: Partnership, to: User, offered: Handover | None) -> None:
    """Raise NotNow where it is theirs already, or they are asked already."""
    if partnership.owner_id == to.pk:
        raise NotNow(_("{name} owns it already.").format(name=to.name))
    if offered is not None and offered.to_id == to.pk:
        raise NotNow(_("{name} is asked already, and has not answered.").format(name=to.name))


def check_is_asked(handover: Handover | None, by: User) -> Handover:
    """What is offered to `by`. Raises NotNow where nothing is: it was answered, or taken back."""
    if handover is None or handover.to_id != by.pk:
        raise NotNow(_("You are not asked to own this any more."))
    return handover


def check_signs_not(user: User, referral: Referral) -> None:
    """Raise NotNow for whoever has signed the outcome that is proposed: nobody signs the end of their own."""
    signed = GatewaySignature.objects.filter(
        assessment__referral=referral, assessment__state=GatewayState.PROPOSED, round=F("assessment__round")
    )
    if signed.filter(signed_by=user).exists():
        raise NotNow(_("You have signed the outcome that is proposed. Accept it once that stands, or is given back."))


def check_is_to_do(planned: PlannedAction) -> None:
    """Raise NotNow for what is done or dropped already."""
    if not planned.is_open:
        raise NotNow(_("A colleague has said meanwhile what became of it."))


def check_day_is_near(due_on: date, *, now: datetime) -> None:
    """Raise NotNow for a day that is over, or more than a year ahead."""
    today = london_date(now)
    if not today <= due_on <= today + LONGEST:
        raise NotNow(_("The day must not be before today, and within a year."))
