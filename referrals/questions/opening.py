"""How a referral came (staff entry only), and whether anyone is in danger now."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from referrals.questions.shapes import UNKNOWN, Choice, Group, Kind, Page, Question, Whose, when

TELEPHONE, PAPER, OWN_WORK = "telephone", "paper", "own_work"

HOW_IT_CAME = Page(
    slug="how-it-came",
    title=_("How did this referral reach you?"),
    section=_("How it came"),
    asked_if=when("entry", TELEPHONE, PAPER, OWN_WORK),
    groups=(
        Group(
            (
                Question(
                    "entry",
                    Kind.ONE_OF,
                    _("How did this referral reach you?"),
                    Whose.NOBODY,
                    hint=_("It will be marked as entered by you on behalf of the person who told you."),
                    choices=(
                        Choice(TELEPHONE, _("By telephone")),
                        Choice(PAPER, _("On paper, by letter or by e-mail")),
                        Choice(OWN_WORK, _("From my own work")),
                    ),
                    required=True,
                    missing=_("Say how this referral reached you"),
                    short=_("How it came"),
                ),
            )
        ),
    ),
)

DANGER = Page(
    slug="danger",
    title=_("Is anyone in danger right now?"),
    section=_("Danger"),
    groups=(
        Group(
            (
                Question(
                    "danger",
                    Kind.ONE_OF,
                    _("Is anyone in danger right now?"),
                    Whose.NOBODY,
                    hint=_(
                        "For example: someone may be hurt today, has a weapon, or is about to travel to join a group."
                    ),
                    choices=(
                        # Welsh answers with the verb of the question, so these words belong to this one alone.
                        Choice("yes", pgettext_lazy("someone is in danger", "Yes")),
                        Choice("no", pgettext_lazy("nobody is in danger", "No")),
                        Choice(UNKNOWN, _("I don’t know")),
                    ),
                    required=True,
                    missing=_("Say whether anyone is in danger right now"),
                    short=_("Anyone in danger now"),
                ),
            )
        ),
    ),
)

EMERGENCY = Page(
    slug="emergency",
    title=_("Call for help now"),
    section=_("Danger"),
    asked_if=when("danger", "yes", UNKNOWN),
)
