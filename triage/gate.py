"""What stands between a gateway assessment and its outcome: the whole rule, pure, each refusal with its code.

Who signs is asked beside it: `triage.permissions`, and `signatures_needed` says how many there must be.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agencies.words import says_something
from triage.gateway_form import CHILDRENS_SERVICES, FORMS, LATEST
from triage.models.outcome import (
    GOES_ON,
    NOT_ENOUGH,
    TAKES_NO_CONCERNS,
    TAKES_WITHDRAWAL,
    NoConcerns,
    TriageOutcome,
)

# Whatever becomes of a referral, FIMU has answered within so many days: our own measure, shown as such.
FRESH = timedelta(days=28)
# What can be said while contact is held: the police keep the person.
WHILE_HELD = frozenset({TriageOutcome.POLICE_LED})
CHILD_UNDER = 10


@dataclass(frozen=True)
class Refusal:
    """Why an outcome cannot be proposed or signed; `at` is the field of the form where it is said."""

    code: str
    sentence: str | Promise
    at: str = ""


@dataclass(frozen=True)
class Facts:
    """What the gate asks about. `answered_at` is when FIMU answered last, None while it has not or is asked again.

    `age` in whole years, None where it is not known; `weighed` whether the answer that was weighed is the latest;
    `news` whether something has come in of which FIMU is not asked yet. `reported_as` is what was reported and stands:
    sent in error, or withdrawn.
    `left_open` are the required steps of the standards of which nothing is said: the code of each and its words.
    """

    now: datetime
    outcome: str = ""
    considered: Collection[str] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    rationale: str = ""
    agrees: bool | None = None
    no_concerns: str = ""
    reasons: Collection[str] = ()
    form: int = LATEST
    received: bool = False
    same_person: bool = True
    answered_at: datetime | None = None
    clears: bool = False
    weighed: bool = False
    news: bool = False
    reported_as: str = ""
    likely_undecided: bool = False
    likely_asked: bool = False  # another area was asked about somebody likely, and has not answered
    duplicates: bool = False  # another referral is named, of the same person by what officers confirmed
    age: int | None = None
    left_open: Mapping[str, str] = field(default_factory=dict)
    planned_open: bool = False  # something of a running partnership's plan is neither done nor dropped
    not_reviewed: bool = False  # a partnership runs of which no review was held


Rule = Callable[[Facts], Iterable[Refusal]]


def refusals(facts: Facts) -> list[Refusal]:
    """Everything that stands in the way, in the order in which an officer would put it right; none lets it pass."""
    return [refusal for rule in RULES for refusal in rule(facts)]


def signatures_needed(*, repeated: bool, agrees: bool | None, age: int | None, asked: bool) -> int:
    """How many supervisors sign: two for a repeat, for a young child, or where the officer disagrees with FIMU.

    And where FIMU has `asked` for two: it says to nobody why.
    """
    return 2 if repeated or agrees is False or may_be_young(age) or asked else 1


def may_be_young(age: int | None) -> bool:
    """Whether the person is a child under ten, or may be: nobody has said how old they are."""
    return age is None or age < CHILD_UNDER


def _stands(facts: Facts) -> Iterable[Refusal]:
    if not facts.same_person:
        yield Refusal("another_person", _("The referral is about somebody else since. Begin a new assessment."))
    if not facts.received:
        yield Refusal("not_received", _("Take receipt of the referral first."))


def _is_deconflicted(facts: Facts) -> Iterable[Refusal]:
    if facts.answered_at is None:
        yield Refusal("not_deconflicted", _("FIMU has not answered. Nothing is decided before it has."))
        return
    if not facts.weighed:
        yield Refusal("answer_not_weighed", _("Read what FIMU answered last, and weigh it."), "weighing")
    if facts.news:
        yield Refusal("news_not_asked", _("Something has come in about which FIMU is asked now. Wait for its answer."))
    if facts.answered_at < facts.now - FRESH:
        yield Refusal("answer_too_old", _("FIMU answered more than 28 days ago. Ask again, and weigh what it answers."))
    if facts.outcome and not facts.clears and facts.outcome not in WHILE_HELD:
        yield Refusal(
            "contact_held",
            _("Contact is held. Until it is cleared only a police-led partnership can be proposed."),
            "outcome",
        )


def _is_checked(facts: Facts) -> Iterable[Refusal]:
    for code, words in facts.left_open.items():
        yield Refusal(
            "step_left_open",
            format_lazy(_("Say what became of “{words}”: it is required."), words=words),
            f"check-{code}",
        )


def _weighs_options(facts: Facts) -> Iterable[Refusal]:
    if facts.outcome not in TriageOutcome.values:
        yield Refusal("no_outcome", _("Say what the referral becomes."), "outcome")
    elif not set(facts.considered) - {facts.outcome}:
        yield Refusal("no_other_option", _("Pick at least one other outcome that you considered."), "considered")
    if not says_something(facts.rationale):
        yield Refusal("no_rationale", _("Give the rationale."), "rationale")
    if facts.agrees is None:
        yield Refusal("not_weighed", _("Say whether you agree with what FIMU answered."), "agrees")


def _says_it_in_words(facts: Facts) -> Iterable[Refusal]:
    for question in FORMS[facts.form]:
        if question.is_due(facts.outcome) and not says_something(facts.answers.get(question.code, "")):
            yield Refusal(f"no_{question.code}", format_lazy("{} {}", _("Answer:"), question.label), question.code)


def _answers_the_question(facts: Facts) -> Iterable[Refusal]:
    """The closure test that Lord Anderson quotes: reasonable grounds to believe that there are no Prevent concerns."""
    if facts.no_concerns not in NoConcerns.values:
        yield Refusal("no_concerns_unanswered", _("Answer whether there are such grounds."), "no_concerns")
    elif facts.outcome in TAKES_NO_CONCERNS and facts.no_concerns == NoConcerns.NO:
        yield Refusal(
            "concerns_remain",
            _("Without reasonable grounds to believe that there are no Prevent concerns, this outcome is not open."),
            "no_concerns",
        )
    elif facts.outcome in GOES_ON and facts.no_concerns == NoConcerns.YES:
        yield Refusal(
            "no_concerns_to_work", _("If there are no Prevent concerns, nobody goes on with the person."), "no_concerns"
        )


def _has_reasons(facts: Facts) -> Iterable[Refusal]:
    if facts.outcome not in TAKES_NO_CONCERNS:
        return
    if not facts.reasons:
        yield Refusal("no_reason", _("Pick the reasons."), "reasons")
    elif not set(facts.reasons) - NOT_ENOUGH:
        yield Refusal(
            "reason_not_enough",
            _(
                "The absence of a clear ideology, a low terrorism risk or the absence of mental ill-health, alone or"
                " together, is not a reason to end here."
            ),
            "reasons",
        )


def _was_reported(facts: Facts) -> Iterable[Refusal]:
    """Sent in error, or withdrawn, is what somebody said: on record before anything follows from it."""
    if facts.outcome in TAKES_WITHDRAWAL and facts.reported_as != facts.outcome:
        yield Refusal(
            "not_reported",
            _("Record on the referral’s page first that it was sent in error or withdrawn, who said so and why."),
            "outcome",
        )


def _names_the_duplicate(facts: Facts) -> Iterable[Refusal]:
    if facts.outcome == TriageOutcome.DUPLICATE and not facts.duplicates:
        yield Refusal(
            "no_duplicate",
            _(
                "Give the reference of the other referral. Officers must have confirmed that both are about one person,"
                " and the other must be worked still, and not be a duplicate itself."
            ),
            "duplicate_of",
        )


def _matches_are_decided(facts: Facts) -> Iterable[Refusal]:
    if facts.likely_undecided:
        yield Refusal(
            "likely_undecided",
            _("Somebody is likely to be the same person, and nobody has decided. Decide that first."),
        )
    if facts.likely_asked and facts.outcome not in GOES_ON:
        yield Refusal(
            "likely_asked",
            _("Another area was asked about somebody likely to be the same person. Nothing ends before it answers."),
        )


def _is_agreed_for_a_child(facts: Facts) -> Iterable[Refusal]:
    if not may_be_young(facts.age) or says_something(facts.answers.get(CHILDRENS_SERVICES, "")):
        return
    if facts.age is None:
        sentence = _(
            "Nobody has said how old the person is. Say how you know that they are 10 or older, or what children’s"
            " services agreed."
        )
    else:
        sentence = _("The child is under 10. Say what children’s services agreed, with whom you spoke and when.")
    yield Refusal("no_childrens_services", sentence, CHILDRENS_SERVICES)


def leaves_in_order(facts: Facts) -> Iterable[Refusal]:
    """Another outcome ends a partnership that runs, or moves it to Channel: nobody leaves it half done."""
    if not facts.outcome or facts.outcome == TriageOutcome.POLICE_LED:
        return
    if facts.planned_open:
        yield Refusal(
            "plan_open",
            _("An action of the police-led partnership is neither done nor dropped. Say what became of it first."),
        )
    if facts.not_reviewed:
        yield Refusal(
            "partnership_not_reviewed",
            _("The police-led partnership was never reviewed. Its owner holds a review first."),
        )


RULES: tuple[Rule, ...] = (
    _stands,
    _is_deconflicted,
    _is_checked,
    _weighs_options,
    _says_it_in_words,
    _answers_the_question,
    _has_reasons,
    _was_reported,
    _names_the_duplicate,
    _matches_are_decided,
    _is_agreed_for_a_child,
    leaves_in_order,
)
