"""A form with every kind of field that the house has."""

from typing import Any

from django import forms

from agencies.forms.fields import GovukDateField, looking

ANSWERS = [("yes", "Yes"), ("no", "No"), ("unknown", "I do not know")]


class Everything(forms.Form):
    danger = looking(
        forms.ChoiceField(
            label="Is anyone in immediate danger?",
            choices=ANSWERS,
            widget=forms.RadioSelect,
            help_text="If so, call 999 first.",
            error_messages={"required": "Select yes if anyone is in immediate danger"},
        ),
        hints={"yes": "For example, someone has a weapon"},
        divider_before="unknown",
        reveals={"yes": "told"},
    )
    told = forms.CharField(label="Whom have you told?", required=False)
    work = looking(
        forms.MultipleChoiceField(
            label="Do they work for any of these?",
            choices=[("police", "The police"), ("children", "With children"), ("none", "None of these")],
            widget=forms.CheckboxSelectMultiple,
        ),
        divider_before="none",
        exclusive="none",
    )
    concern = forms.CharField(label="What worries you?", widget=forms.Textarea(attrs={"rows": 8}), max_length=20)
    more = forms.CharField(label="Anything else?", widget=forms.Textarea, required=False)
    born = GovukDateField(label="When were they born?", name="date of birth", past=True)
    email = forms.EmailField(label="Email address", help_text="Only about this referral")
    phone = looking(
        forms.CharField(label="Phone", widget=forms.TextInput(attrs={"type": "tel"}), required=False),
        width=20,
        optional=True,
    )
    age = looking(forms.IntegerField(label="About how old?", required=False), width=3, suffix="years")
    authority = forms.ChoiceField(
        label="Which council?",
        choices=[("", ""), ("E08000016", "Barnsley"), ("W06000015", "Cardiff")],
        widget=forms.Select(attrs={"data-autocomplete": True}),
        required=False,
    )
    agreed = forms.BooleanField(label="I have read this")
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    draft = forms.CharField(widget=forms.HiddenInput, required=False)


class Single(forms.Form):
    danger = looking(
        forms.ChoiceField(label="Is anyone in danger?", choices=ANSWERS, widget=forms.RadioSelect), heading=True
    )


class SignIn(forms.Form):
    login = forms.EmailField(label="Email address")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)


def wrong_answers() -> dict[str, Any]:
    """Answers with something the matter in most fields."""
    return {
        "danger": "yes",
        "concern": "far too long for its field",
        "born-day": "1",
        "born-month": "May",
        "born-year": "",
        "email": "nobody",
        "authority": "W06000015",
    }
