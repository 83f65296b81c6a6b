"""What officers fill in about whether somebody was told, and where somebody is who is away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import GovukDateField, looking
from desk.forms.written import WrittenForm, choice, saying
from people.models import AwayKind, ContactHow, NoticeFor, NoticeLanguage, NotTold, ToldWhom

_TOLD = ("whom", "day", "how", "teller", "notices", "language")
_NOT_TOLD = ("why_not", "review_on")
# What each answer asks for, and what is said where it is missing.
_NEEDED = {
    "yes": {
        "whom": _("Say who was told"),
        "day": _("Enter the day on which they were told"),
        "how": _("Say how they were told"),
        "teller": _("Say who told them"),
    },
    "no": {
        "why_not": _("Say why they have not been told"),
        "review_on": _("Enter the day on which this is looked at again"),
        "words": _("Write why they have not been told"),
    },
}


class TellingForm(WrittenForm):
    """Whether they were told: by whom, when, how and with which notice; or why not, and until when that holds."""

    told = looking(
        choice(
            _("Have they been told about the referral?"),
            [("yes", _("Yes")), ("no", _("No, not yet"))],
            _("Say whether they have been told"),
        ),
        reveals={"yes": _TOLD, "no": _NOT_TOLD},
    )
    whom = choice(_("Who was told?"), ToldWhom.choices)
    day = GovukDateField(label=_("When?"), name=_("day on which they were told"), past=True, required=False)
    how = choice(_("How?"), ContactHow.choices)
    teller = saying(_("Who told them?"), _("You, or a colleague"), optional=False)
    notices = forms.MultipleChoiceField(
        label=_("Which notice were they given?"),
        help_text=_("Leave it empty where they were told without one."),
        choices=NoticeFor.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    language = choice(_("In which language?"), NoticeLanguage.choices)
    why_not = choice(_("Why not?"), NotTold.choices)
    review_on = GovukDateField(
        label=_("When is this looked at again?"),
        name=_("review date"),
        help_text=_("It comes up on the home page of those who work the referral."),
        required=False,
    )
    words = saying(
        _("What was said, or why have they not been told?"),
        _("Write no intelligence here."),
        optional=False,
        rows=5,
        most=4_000,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what the answer needs."""
        given: dict[str, Any] = super().clean() or {}
        for name, missing in _NEEDED.get(given.get("told", ""), {}).items():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, missing)
        if given.get("told") == "yes" and given.get("notices") and not given.get("language"):
            self.add_error("language", _("Say in which language the notice was"))
        return given

    def given(self) -> dict[str, Any]:
        """What the action is given for one answer or the other, and `told`: which it was."""
        given = super().given()
        told = given.pop("told") == "yes"
        left_out = _NOT_TOLD if told else _TOLD
        return {"told": told, **{name: value for name, value in given.items() if name not in left_out}}


class WhereaboutsForm(WrittenForm):
    """In custody, abroad or looked after elsewhere, or back."""

    kind = choice(_("Where are they?"), AwayKind.choices, _("Say where they are"))
    place = saying(
        _("Where exactly?"),
        _(
            "The prison or other establishment; the country; or the area where they are looked after, and by whom. "
            "Which council has placed them, if it is another."
        ),
        rows=3,
        most=1_000,
    )
    back_on = looking(
        GovukDateField(
            label=_("When are they expected to be released, or to return?"),
            name=_("day on which they are expected back"),
            help_text=_("Leave it empty if nobody knows."),
            required=False,
        ),
        optional=True,
    )
    review_on = looking(
        GovukDateField(
            label=_("When is this looked at again?"),
            name=_("review date"),
            help_text=_("Without a day of yours it is the day on which they are expected back."),
            required=False,
        ),
        optional=True,
    )
