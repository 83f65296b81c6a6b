"""What an officer says of a document that is put beside a referral."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import looking
from documents.forms.fields import files_field


class DocumentForm(forms.Form):
    """Files that an officer puts beside a referral, where they are from, and how they must be handled."""

    source = looking(
        forms.CharField(
            label=_("Where are they from?"),
            help_text=_("Who gave them to you, or where you found them. For example: the school’s safeguarding lead"),
            max_length=200,
            error_messages={
                "required": _("Say where the files are from"),
                "max_length": _("Use 200 characters or fewer to say where they are from"),
            },
        )
    )
    caveat = forms.CharField(
        label=_("Handling caveat (optional)"),
        help_text=_("Anything a reader must know before using them. For example: do not show to the family"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Shorten the handling caveat to 500 characters")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"documents": files_field(required=True), **self.fields}
