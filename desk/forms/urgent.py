"""What an officer says who goes on although contact is not cleared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.fields import WordsField
from people.urgent import Urgent

_FIELDS: dict[str, tuple[Any, Any, Any]] = {
    "urgent_need": (
        _("Why can it not wait?"),
        _("The immediate safeguarding need. The police desk reads this."),
        _("Say why it cannot wait"),
    ),
    "urgent_at_risk": (_("Who is at risk?"), "", _("Say who is at risk")),
    "urgent_consulted": (
        _("Whom have you consulted?"),
        _("For example: your supervisor, the police desk, children’s services."),
        _("Say whom you have consulted"),
    ),
}


def add_urgent_fields(form: forms.Form) -> None:
    """Let a form ask for them first of all."""
    for name, (label, hint, required) in _FIELDS.items():
        form.fields[name] = WordsField(
            label=label,
            help_text=hint,
            max_length=2_000,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": required, "max_length": _("Shorten it to 2,000 characters")},
        )
    form.order_fields(_FIELDS)


def urgent_in(given: dict[str, Any]) -> Urgent | None:
    """Take out of what was filled in why it cannot wait; None where that was not asked."""
    said = [given.pop(name, None) for name in _FIELDS]
    return Urgent(*said) if all(said) else None
