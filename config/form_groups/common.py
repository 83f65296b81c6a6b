"""What every field of a form has in common when it is shown: name, id, label, hint, error, attributes."""

from typing import Any

from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from agencies.forms.fields import Look

Params = dict[str, Any]

# What Django puts on an input and GOV.UK does not want there (it cuts off what is typed, or lets the browser
# complain), and what goes to a parameter of its own.
UNWANTED = {"maxlength", "minlength", "required", "cols"}
PLACED = {"rows", "class", "autocomplete", "spellcheck", "inputmode"}


def look_of(bound: BoundField) -> Look:
    """The `Look` of a field, or the ordinary one."""
    return getattr(bound.field, "look", None) or Look()


def common_parameters(bound: BoundField) -> Params:
    """What every component of a form shares: name, id, hint, error, further attributes."""
    given = bound.field.widget.attrs
    common: Params = {
        "name": bound.html_name,
        "id": bound.auto_id,
        "attributes": {name: as_attribute(value) for name, value in given.items() if name not in UNWANTED | PLACED},
        "classes": given.get("class", ""),
    }
    if bound.help_text:
        common["hint"] = words(bound.help_text)
    if bound.errors:
        common["errorMessage"] = words(bound.errors[0])
    return common


def as_attribute(value: Any) -> Any:
    """An attribute as Django means it: True stands bare, False and None are left out."""
    return {"value": value, "optional": True} if value is None or isinstance(value, bool) else value


def words(text: Any) -> Params:
    """Words for a component; those marked safe may hold HTML."""
    return {"html": text} if hasattr(text, "__html__") else {"text": text}


def title(bound: BoundField, stem: str) -> Params:
    """The label or legend; `stem` is the class that its size goes with."""
    look = look_of(bound)
    size = look.size or ("l" if look.heading else "s")
    text = format_lazy("{} {}", bound.label, _("(optional)")) if look.optional else bound.label
    return {**words(text), "classes": f"{stem}--{size}", "isPageHeading": look.heading}


def width_class(width: int | str | None) -> str:
    """`govuk-input--width-10` for characters, `govuk-!-width-two-thirds` for a share of the column."""
    if not width:
        return ""
    return f"govuk-input--width-{width}" if isinstance(width, int) else f"govuk-!-width-{width}"
