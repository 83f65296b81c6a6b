"""What officers fill in to open a referral to others by name, or to keep it to some."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import looking
from agencies.models import Agency, User
from referrals.forms.putting_right import reason_field
from referrals.forms.work import ReferenceField
from referrals.models import AccessKind
from referrals.policies import EMERGENCY_MINUTES, LONGEST


class ShareForm(forms.Form):
    """With whom, for how long, and why."""

    email = looking(
        forms.EmailField(
            label=_("Their e-mail address"),
            help_text=_("The one with which they sign in here"),
            error_messages={
                "required": _("Give their e-mail address"),
                "invalid": _("Give an e-mail address like name@agency.example"),
            },
        ),
        width=30,
    )
    days = looking(
        forms.IntegerField(
            label=_("For how many days?"),
            min_value=1,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={"required": _("Say for how many days"), "invalid": _("Give a number of days")},
        ),
        width=3,
    )
    reason = reason_field(_("Why must they read it?"), _("They read this, and so does whoever has the referral."))

    def __init__(self, *args: Any, kind: AccessKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].help_text = _("{most} days at most").format(most=LONGEST[kind])


class EmergencyForm(forms.Form):
    """Which referral, for how long, and why it cannot wait."""

    reference = looking(ReferenceField(label=_("Reference of the referral")), width=10)
    minutes = forms.TypedChoiceField(
        label=_("For how long?"),
        coerce=int,
        choices=[(minutes, _("{minutes} minutes").format(minutes=minutes)) for minutes in EMERGENCY_MINUTES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say for how long"), "invalid_choice": _("Pick one of the times")},
    )
    reason = reason_field(
        _("Why can it not wait?"), _("A privacy officer reads this and decides whether it was right.")
    )


class EmergencyReviewForm(forms.Form):
    """Whether glass was broken rightly."""

    justified = forms.TypedChoiceField(
        label=_("Was it justified?"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it was justified"), "invalid_choice": _("Pick yes or no")},
    )
    reason = reason_field(_("Why do you think so, and what follows?"))


class RestrictForm(forms.Form):
    """Who alone may know of the referral, and why."""

    named = forms.MultipleChoiceField(
        label=_("Who may know of it?"),
        help_text=_("You are one of them. Pick at least one person of each agency."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Pick at least one person"),
            "invalid_choice": _("Pick people from the list"),
        },
    )
    reason = reason_field(_("Why must others not know of it?"), _("The named people read this."))

    def __init__(self, *args: Any, people: Mapping[Agency, Sequence[User]], me: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["named"]
        field.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(user.pk), f"{user.name}, {agency.name}")
            for agency, users in people.items()
            for user in users
            if user != me
        ]
        field.required = any(agency_users for agency_users in people.values() if me not in agency_users)


class NameForm(forms.Form):
    """One more person who may know of it, and why."""

    user = forms.ChoiceField(
        label=_("Who may know of it too?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pick somebody"), "invalid_choice": _("Pick somebody from the list")},
    )
    reason = reason_field(_("Why?"))

    def __init__(self, *args: Any, people: Mapping[Agency, Sequence[User]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(user.pk), f"{user.name}, {agency.name}") for agency, users in people.items() for user in users
        ]
