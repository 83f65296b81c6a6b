"""The words that a gateway assessment asks for, as versioned data: an assessment is read by the form it was begun on.

Our own, like all forms here: the framework that police use is not public, and part of none is repeated.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from triage.models.outcome import TriageOutcome


@dataclass(frozen=True)
class Question:
    """One thing to be said in words. `only_for` are the outcomes for which it must be; empty for all."""

    code: str
    label: str | Promise
    hint: str | Promise = ""
    only_for: frozenset[TriageOutcome] = frozenset()
    always: bool = True  # false where something else says whether it must be answered

    def is_due(self, outcome: str) -> bool:
        """Whether it must be answered for this outcome."""
        return self.always and (not self.only_for or outcome in self.only_for)


CHILDRENS_SERVICES = "childrens_services"
WEIGHING = "weighing"
NO_CONCERNS_WORDS = "no_concerns_words"

FORMS: dict[int, tuple[Question, ...]] = {
    1: (
        Question(
            "concern",
            _("What is the concern, and on what is it based?"),
            _("What was seen or heard, by whom, and what you have checked. Say what is fact and what is opinion."),
        ),
        Question(
            "susceptibility",
            _("What makes the person susceptible, and what lies beneath it?"),
            _(
                "Needs, relationships, life online, a fascination with violence, beliefs: also mixed, unclear or none."
                " Look at everything known together, earlier referrals too."
            ),
        ),
        Question(
            "protection",
            _("What protects them?"),
            _("People, places and services that help. Say so if you found nothing."),
        ),
        Question(
            "options",
            _("Why not the other options?"),
            _("For each outcome you considered: what spoke for it, and what against."),
        ),
        Question(
            WEIGHING,
            _("How did you weigh what FIMU answered?"),
            _("Do not repeat intelligence. Say what the answer means for this outcome."),
        ),
        Question(
            NO_CONCERNS_WORDS,
            _("On what grounds do you say so?"),
            _(
                "The absence of a clear ideology, a low terrorism risk or the absence of mental ill-health alone are"
                " no such grounds."
            ),
        ),
        Question(
            "service",
            _("Signposted to which service, and what was agreed with it?"),
            _("Whether it accepts is recorded afterwards, and asked about until it is."),
            only_for=frozenset({TriageOutcome.SIGNPOSTED}),
        ),
        Question(
            "told",
            _("Who has been told instead, and when?"),
            _("Whoever is responsible for the person now."),
            only_for=frozenset({TriageOutcome.OUTSIDE}),
        ),
        Question(
            CHILDRENS_SERVICES,
            _("What do children’s services say?"),
            _(
                "Needed for a child under 10: whom you spoke to, when, and what they agreed. Where nobody has said how"
                " old the person is: this, or how you know that they are 10 or older."
            ),
            always=False,
        ),
    ),
}
LATEST = max(FORMS)
