"""What officers ask the referrer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import WordsField
from referrals.forms.putting_right import reason_field
from referrals.released import Released


class QuestionForm(forms.Form):
    """One question, in the officer's words."""

    words = WordsField(
        label=_("What do you want to know?"),
        help_text=_("The referrer reads this as you write it. One question at a time is answered best."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Write the question"),
            "max_length": _("Shorten the question to 4,000 characters"),
        },
    )


class MessageForm(forms.Form):
    """One of the templates."""

    words = forms.ChoiceField(
        label=_("Which words?"),
        choices=Released.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pick the words"), "invalid_choice": _("Pick the words from the list")},
    )


class WorryAnswerForm(forms.Form):
    """What was found, and what was done about it."""

    reason = reason_field(_("What did you find, and what did you do?"))
