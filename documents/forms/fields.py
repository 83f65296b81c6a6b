"""The form field for files."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import looking

HINT = _("PDF, Word (.docx), ODT, plain text, JPEG, PNG or HEIC. Up to 10 files, each up to 20 MB.")


class FilesInput(forms.FileInput):
    """A file input in which several files can be chosen."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """All files that were sent under the name."""
        return files.getlist(name) if isinstance(files, MultiValueDict) else []


class FilesField(forms.Field):
    """Files as they came. They are judged by content when they are stored, and never here."""

    widget = FilesInput

    def clean(self, value: Any) -> Any:
        """The files. Raises ValidationError where one is needed and none was sent."""
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"])
        return value


def files_field(*, required: bool = False) -> FilesField:
    """Several files, with what may be sent beside the input."""
    field = FilesField(
        label=_("Upload files"),
        help_text=HINT,
        required=required,
        error_messages={"required": _("Choose a file")},
    )
    return looking(field)
