"""Fields for a date."""

from django.forms import BoundField
from django.utils.translation import gettext as _

from agencies.forms.fields import as_typed
from config.form_groups.common import Params, title


def date_parts(bound: BoundField, common: Params) -> tuple[str, Params]:
    """Day, month and year."""
    value = as_typed(bound.value())
    wrong = wrong_parts(bound)
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    birthday = bound.field.widget.attrs.get("autocomplete") == "bday"
    items = [
        {"name": part, "label": labels[part], "value": value[part], "error": part in wrong}
        | ({"autocomplete": f"bday-{part}"} if birthday else {})
        for part in labels
    ]
    fieldset = {"legend": title(bound, "govuk-fieldset__legend")}
    return "date-input", common | {"namePrefix": bound.html_name, "fieldset": fieldset, "items": items}


def wrong_parts(bound: BoundField) -> tuple[str, ...]:
    """Which of day, month and year the first error is about; all where it does not say."""
    errors = bound.errors.as_data() if bound.errors else []
    return (errors[0].params or {}).get("parts", ("day", "month", "year")) if errors else ()
