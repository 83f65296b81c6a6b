"""What officers fill in to put a mistake with a referral right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import GovukDateField, WordsField, looking
from agencies.models import Agency
from people.models import AdultOrChild, Person
from referrals.forms.work import ReferenceField
from referrals.models import JoinKind, OfferCause, ToldBy, WithdrawalKind


def reason_field(label: Any, hint: Any = "") -> WordsField:
    """Why: kept with the referral, and read by whoever has it."""
    return WordsField(
        label=label,
        help_text=hint,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Give the reason"), "max_length": _("Shorten the reason to 4,000 characters")},
    )


class ReasonForm(forms.Form):
    """A reason and nothing else; `label` says of what."""

    reason = reason_field(_("Why?"))

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class OfferForm(forms.Form):
    """To which agency, and why."""

    to = looking(
        forms.ChoiceField(
            label=_("Which agency should have it?"),
            help_text=_("Start to type its name"),
            widget=forms.Select(attrs={"data-autocomplete": True}),
            error_messages={
                "required": _("Pick an agency"),
                "invalid_choice": _("Pick an agency from the list"),
            },
        ),
        width="two-thirds",
    )
    cause = forms.ChoiceField(
        label=_("Why does it belong there?"),
        help_text=_("The other agency is told this before it accepts."),
        choices=OfferCause.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why it belongs there"), "invalid_choice": _("Pick one of the reasons")},
    )
    reason = reason_field(
        _("Say more about it"),
        _(
            "The other agency reads this once it has accepted. Say what is known: the new address, who looks after "
            "them and which council has placed them, or the prison and when release is expected."
        ),
    )

    def __init__(self, *args: Any, agencies: list[tuple[Agency, bool]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {str(agency.pk): agency.name for agency, _staffed in agencies}
        choices = [
            (
                str(agency.pk),
                agency.name if staffed else _("{name} (nobody can accept here yet)").format(name=agency.name),
            )
            for agency, staffed in agencies
        ]
        self.fields["to"].choices = [("", ""), *choices]  # type: ignore[attr-defined]  # a ChoiceField


class DetachForm(forms.Form):
    """Who the referral is about, as far as it is known, and how it came to name somebody else."""

    given_names = looking(forms.CharField(label=_("First or given names"), max_length=200), optional=True)
    family_name = looking(forms.CharField(label=_("Family name"), max_length=200), optional=True)
    other_names = looking(forms.CharField(label=_("Other names or spellings"), max_length=300), optional=True)
    adult_or_child = forms.ChoiceField(
        label=_("Are they an adult or a child?"),
        choices=AdultOrChild.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether they are an adult or a child, or that it is not known")},
    )
    date_of_birth = looking(GovukDateField(label=_("Date of birth"), name=_("date of birth"), past=True), optional=True)
    approximate_age = looking(
        forms.CharField(label=_("Or about how old they are"), max_length=60), width=10, optional=True
    )
    postcode = looking(forms.CharField(label=_("Postcode where they live"), max_length=16), width=10, optional=True)
    reason = reason_field(
        _("How do you know that it is about somebody else?"),
        _("Everybody who has the referral reads this. Do not repeat details of the person it is not about."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = name in {"adult_or_child", "reason"}

    def right(self) -> dict[str, Any]:
        """Person's own fields, in which what is known of them stands; on whose record they are, only links say."""
        return {name: self.cleaned_data[name] for name in Person.Privacy.personal}


class DetachNoteForm(forms.Form):
    """Why, and beside which referral the note belongs, where that is known."""

    reason = reason_field(_("Why does the note not belong here?"))
    reference = looking(
        ReferenceField(
            label=_("Reference of the referral it belongs to"),
            help_text=_("Leave this empty if the note belongs to none. It is then kept, but no page shows it."),
            required=False,
        ),
        width=10,
        optional=True,
    )


class JoinForm(forms.Form):
    """Which other referral, and why the two are one concern."""

    reference = looking(
        ReferenceField(
            label=_("Reference of the other referral"),
            help_text=_("8 letters and numbers, like 7K4M-Q2XP"),
            error_messages={"required": _("Enter the reference of the other referral")},
        ),
        width=10,
    )
    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=JoinKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what happened")},
    )
    reason = reason_field(_("How do you know that they tell of one concern?"))


class WithdrawalForm(forms.Form):
    """What was said of the referral, how it was said, and why."""

    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=WithdrawalKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what happened")},
    )
    told_how = forms.ChoiceField(
        label=_("How do you know?"),
        choices=[choice for choice in ToldBy.choices if choice[0] != ToldBy.FORM],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you know")},
    )
    reason = reason_field(_("What was said?"), _("Write the reason as it was given to you, and by whom."))


class DecisionForm(forms.Form):
    """Whether the police go on."""

    go_on = forms.TypedChoiceField(
        label=_("Do the police go on with this referral?"),
        choices=[("yes", _("Yes, go on")), ("no", _("No, stop"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the police go on")},
    )
    reason = reason_field(
        _("Why?"), _("A withdrawal alone says nothing about risk: say what you looked at and what you found.")
    )
