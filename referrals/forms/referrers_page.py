"""How a referrer shows who they are, and what they say on their page."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import WordsField, looking
from documents.forms.fields import files_field
from referrals.reference import NotAReference, normalise_reference

NOT_AUTOFILLED = {"autocomplete": "off", "spellcheck": "false"}


def _reference() -> Any:
    return looking(
        forms.CharField(
            label=_("Your reference"),
            help_text=_("8 letters and numbers, like 7K4M-Q2XP"),
            max_length=40,
            error_messages={"required": _("Enter your reference")},
            widget=forms.TextInput(attrs=NOT_AUTOFILLED),
        ),
        width=10,
    )


class ByReference(forms.Form):
    """Whatever else is asked: the reference."""

    reference = _reference()

    def clean_reference(self) -> str:
        """The reference as shown. Raises ValidationError with what a reference looks like."""
        try:
            return normalise_reference(self.cleaned_data["reference"])
        except NotAReference as problem:
            raise forms.ValidationError(str(problem)) from None


class EnterForm(ByReference):
    """Reference and code show who it is."""

    code = looking(
        forms.CharField(
            label=_("Your code"),
            help_text=_(
                "12 letters and numbers, like 7K4M-2QXP-9DTR. It was shown when you sent the referral, or we told you "
                "it by telephone."
            ),
            max_length=40,
            error_messages={"required": _("Enter your code")},
            widget=forms.TextInput(attrs=NOT_AUTOFILLED),
        ),
        width=20,
    )

    def refuse(self) -> None:
        """Say that they open nothing, whichever of the two is wrong."""
        self.add_error("code", _("This reference and this code do not belong together. Check both"))


class LinkForm(forms.Form):
    """The code, which only the first link of all asks for."""

    code = looking(
        forms.CharField(
            label=_("Your code"),
            help_text=_(
                "12 letters and numbers, like 7K4M-2QXP-9DTR. You need it the first time you open a link from us. "
                "After that you can leave it empty."
            ),
            max_length=40,
            required=False,
            widget=forms.TextInput(attrs=NOT_AUTOFILLED),
        ),
        width=20,
    )

    def refuse(self) -> None:
        """Say that link and code open nothing, whichever of them is wrong."""
        self.add_error(
            "code",
            _(
                "This link does not open your page. If it is the first link you open, check the code. "
                "A link works once. After 5 wrong codes, or after 28 days, it stops working"
            ),
        )


class AskForm(ByReference):
    """Where a new link is sent: to the address that was given with the referral, and to no other."""

    email = looking(
        forms.EmailField(
            label=_("Your e-mail address"),
            help_text=_("The one that you gave when you sent the referral, or to which we wrote"),
            error_messages={
                "required": _("Enter your e-mail address"),
                "invalid": _("Enter an e-mail address like name@example.com"),
            },
            widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        ),
        width=30,
    )


class AnswerForm(forms.Form):
    """An answer, in the referrer's words."""

    text = WordsField(
        label=_("Your answer"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Write your answer"),
            "max_length": _("Shorten this to 20,000 characters"),
        },
    )


class AddForm(forms.Form):
    """What is new, in words, and files. `form_id` is made for each page: sent twice, it adds once."""

    form_id = forms.CharField(widget=forms.HiddenInput, initial=uuid4, required=False)
    text = WordsField(
        label=_("What do you want to tell us?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Tell us what is new"),
            "max_length": _("Shorten this to 20,000 characters"),
        },
    )
    documents = files_field()


class WorryForm(forms.Form):
    """What worries the referrer about the handling. `form_id` as of `AddForm`."""

    form_id = forms.CharField(widget=forms.HiddenInput, initial=uuid4, required=False)
    text = WordsField(
        label=_("What worries you?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Tell us what worries you"),
            "max_length": _("Shorten this to 20,000 characters"),
        },
    )
