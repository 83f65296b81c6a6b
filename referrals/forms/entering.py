"""What staff say of a referral that they enter, beyond the questions of the form."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class LanguageForm(forms.Form):
    """In which language the referrer is written to. Nothing picked, or nothing that is offered: in English."""

    language = forms.ChoiceField(
        label=_("In which language do we write to the referrer?"),
        choices=[("en", _("English")), ("cy", _("Welsh"))],
        initial=settings.LANGUAGE_CODE,
        required=False,
        widget=forms.RadioSelect,
    )

    @property
    def picked(self) -> str:
        """The language's code."""
        return str((self.is_valid() and self.cleaned_data["language"]) or settings.LANGUAGE_CODE)
