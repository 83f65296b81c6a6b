"""Fields in which something is chosen: selects, radios, checkboxes, and the single tick."""

from typing import Any

from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.components.describing import joined
from config.form_groups.common import Params, look_of, title, width_class, words


def select(bound: BoundField, common: Params) -> tuple[str, Params]:
    """A select. With `attrs={"data-autocomplete": True}` the script makes it one to type in."""
    items = [{"value": str(value), "text": text} for value, text in flat_choices(bound)]
    value = "" if bound.value() is None else str(bound.value())
    parameters = common | {"label": title(bound, "govuk-label"), "items": items, "value": value}
    if "data-autocomplete" in common["attributes"]:
        parameters["attributes"] |= {
            "data-no-results": _("No results found"),
            "data-one-result": _("1 result is available"),
            "data-results": _("%{count} results are available"),
            "data-highlighted": _("%{name} is highlighted: %{number} of %{count}"),
            "data-help": _(
                "Results come up as you type. Look through them with the up and down arrows and choose with Enter. "
                "On a touch screen, explore by touch or by swiping."
            ),
        }
    parameters["classes"] = joined(common["classes"], width_class(look_of(bound).width))
    return "select", parameters


def flat_choices(bound: BoundField) -> list[tuple[Any, Any]]:
    """The choices of a field, those of groups included."""
    result: list[tuple[Any, Any]] = []
    for value, text in getattr(bound.field.widget, "choices", ()):
        result += text if isinstance(text, list | tuple) else [(value, text)]
    return result


def one_of(bound: BoundField, common: Params) -> tuple[str, Params]:
    """Radios."""
    look = look_of(bound)
    shape = joined(look.inline and "govuk-radios--inline", look.small and "govuk-radios--small")
    value = "" if bound.value() is None else str(bound.value())
    classes = joined(common["classes"], shape)
    return "radios", with_choices(bound, common) | {"value": value, "classes": classes}


def some_of(bound: BoundField, common: Params) -> tuple[str, Params]:
    """Checkboxes."""
    classes = joined(common["classes"], look_of(bound).small and "govuk-checkboxes--small")
    values = [str(value) for value in bound.value() or ()]
    return "checkboxes", with_choices(bound, common) | {"values": values, "classes": classes}


def with_choices(bound: BoundField, common: Params) -> Params:
    """What radios and checkboxes share."""
    items: list[Params] = []
    for value, text in flat_choices(bound):
        if value in ("", None):
            continue
        if str(value) == look_of(bound).divider_before:
            items.append({"divider": _("or")})
        items.append(choice(bound, str(value), text))
    fieldset = {"legend": title(bound, "govuk-fieldset__legend")}
    return common | {"idPrefix": bound.auto_id, "fieldset": fieldset, "items": items}


def choice(bound: BoundField, value: str, text: Any) -> Params:
    """One radio or checkbox, with its hint and the fields that it reveals."""
    look = look_of(bound)
    item: Params = {"value": value, **words(text)}
    if value in look.hints:
        item["hint"] = words(look.hints[value])
    if value in ((look.exclusive,) if isinstance(look.exclusive, str) else look.exclusive or ()):
        item["behaviour"] = "exclusive"
    if names := look.reveals.get(value):
        revealed = (names,) if isinstance(names, str) else names
        inside = "".join(bound.form[name].as_field_group() for name in revealed)
        item["conditional"] = {"html": SafeString(inside)}
    return item


def tick(bound: BoundField, common: Params) -> tuple[str, Params]:
    """One checkbox for a yes: its label stands beside it."""
    item = {"value": "true", **words(bound.label), "checked": bool(bound.value())}
    return "checkboxes", common | {"idPrefix": bound.auto_id, "items": [item]}
