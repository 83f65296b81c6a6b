"""The one box."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import looking
from referrals.searching.typed import parse

LONGEST = 200


class Words(forms.CharField):
    """Whatever was typed: what cannot be seen is no mistake, it is passed over."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.validators = [each for each in self.validators if not isinstance(each, ProhibitNullCharactersValidator)]

    def to_python(self, value: object) -> str:
        """The text, in which a NUL, which no database keeps, is a space."""
        return super().to_python(str(value or "").replace("\0", " ")) or ""


class SearchForm(forms.Form):
    """What somebody looks for, in any order and any spelling."""

    search = looking(
        Words(
            label=_("Reference, name, date of birth or postcode"),
            help_text=_(
                "Names in any spelling and order; several things together narrow it. For example: 7K4M-Q2XP, "
                "or Rudderham 7 8 2006, or S70 2AB."
            ),
            max_length=LONGEST,
            error_messages={
                "required": _("Enter a reference, name, date of birth or postcode"),
                "max_length": _("Shorten what you search for to %(limit_value)s characters"),
            },
            widget=forms.TextInput(attrs={"spellcheck": "false"}),
        ),
        width="two-thirds",
    )

    def clean_search(self) -> str:
        """The words, if there is anything in them to find anybody by."""
        words: str = self.cleaned_data["search"]
        typed = parse(words, today=timezone.localdate())
        if typed.can_be_found:
            return words
        if typed.unread:
            raise ValidationError(
                _("Check %(unread)s: it is no reference, date of birth or postcode"),
                params={"unread": ", ".join(typed.unread)},
            )
        if typed.names:
            raise ValidationError(_("Enter at least 2 letters of a name"))
        raise ValidationError(_("Enter a reference, name, date of birth or postcode"))
