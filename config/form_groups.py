"""Which component shows a form's field, and with what parameters. A plain Django field is enough; its `Look` says more."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from agencies.forms.fields import DateWidget, Look
from config.components import merged, render_component
from config.preparing import joined

Params = dict[str, Any]

# What Django puts on an input and GOV.UK does not want there: it cuts off what is typed, or lets the browser complain.
UNWANTED = {
    "maxlength",
    "minlength",
    "required",
    "cols",
    "rows",
    "class",
    "autocomplete",
    "spellcheck",
    "inputmode",
}


def look_of(bound: BoundField) -> Look:
    """The `Look` of a field, or the ordinary one."""
    return getattr(bound.field, "look", None) or Look()


def render_group(bound: BoundField, **overlay: Any) -> SafeString:
    """The field with its label, hint and error. `overlay` replaces parameters of the component."""
    if bound.is_hidden:
        return SafeString(bound.as_widget())
    name, parameters = group(bound)
    return render_component(name, merged(parameters, overlay))


def group(bound: BoundField) -> tuple[str, Params]:
    """The component for a field, and its parameters. The first kind of widget that fits decides."""
    common = common_parameters(bound)
    for kind, build in KINDS:
        if isinstance(bound.field.widget, kind):
            return build(bound, common)
    return "input", common | text_parameters(bound)


def common_parameters(bound: BoundField) -> Params:
    """What every component of a form shares: name, id, hint, error, further attributes."""
    given = bound.field.widget.attrs
    common: Params = {
        "name": bound.html_name,
        "id": bound.auto_id,
        "attributes": {name: as_attribute(value) for name, value in given.items() if name not in UNWANTED},
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


def text_parameters(bound: BoundField) -> Params:
    """The parameters of a single-line input."""
    widget, look = bound.field.widget, look_of(bound)
    kind = getattr(widget, "input_type", "text")
    result: Params = {
        "label": title(bound, "govuk-label"),
        "type": "text" if kind == "number" else kind,
        "value": widget.format_value(bound.value()),
        "classes": joined(widget.attrs.get("class"), width_class(look.width)),
        "autocomplete": widget.attrs.get("autocomplete") or {"email": "email", "tel": "tel"}.get(kind, ""),
        "inputmode": widget.attrs.get("inputmode") or ("numeric" if kind == "number" else ""),
        "spellcheck": widget.attrs.get("spellcheck", False if kind == "email" else ""),
    }
    for side, text in (("prefix", look.prefix), ("suffix", look.suffix)):
        if text:
            result[side] = {"text": text}
    return result


def width_class(width: int | str | None) -> str:
    """`govuk-input--width-10` for characters, `govuk-!-width-two-thirds` for a share of the column."""
    if not width:
        return ""
    return f"govuk-input--width-{width}" if isinstance(width, int) else f"govuk-!-width-{width}"


def password(bound: BoundField, common: Params) -> tuple[str, Params]:
    """A password with its button to show it; never filled in again."""
    return "password-input", common | {
        "label": title(bound, "govuk-label"),
        "autocomplete": bound.field.widget.attrs.get("autocomplete"),
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    }


def textarea(bound: BoundField, common: Params) -> tuple[str, Params]:
    """A textarea; where the field has a greatest length, one that counts characters."""
    rows = str(bound.field.widget.attrs.get("rows", ""))
    parameters = common | {
        "label": title(bound, "govuk-label"),
        "value": bound.field.widget.format_value(bound.value()) or "",
        "rows": "" if rows == "10" else rows,  # 10 is Django's own, 5 the design system's
        "spellcheck": bound.field.widget.attrs.get("spellcheck", ""),
    }
    limit = getattr(bound.field, "max_length", None)
    return ("character-count", parameters | counting(limit)) if limit else ("textarea", parameters)


def counting(limit: int) -> Params:
    """The words of a character count, in the reader's language, shown when three quarters are used."""
    return {
        "maxlength": limit,
        "threshold": "75",
        "textareaDescriptionText": _("You can enter up to %{count} characters"),
        "charactersUnderLimitText": {
            "one": _("You have %{count} character remaining"),
            "other": _("You have %{count} characters remaining"),
        },
        "charactersAtLimitText": _("You have 0 characters remaining"),
        "charactersOverLimitText": {
            "one": _("You have %{count} character too many"),
            "other": _("You have %{count} characters too many"),
        },
    }


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
        }
    parameters["classes"] = joined(common["classes"], width_class(look_of(bound).width))
    return "select", parameters


def flat_choices(bound: BoundField) -> list[tuple[Any, Any]]:
    """The choices of a field, those of groups included."""
    result: list[tuple[Any, Any]] = []
    for value, text in bound.field.widget.choices:  # type: ignore[attr-defined]  # every widget that comes here has choices
        result += text if isinstance(text, list | tuple) else [(value, text)]
    return result


def one_of(bound: BoundField, common: Params) -> tuple[str, Params]:
    """Radios."""
    look = look_of(bound)
    classes = joined(
        common["classes"], look.inline and "govuk-radios--inline", look.small and "govuk-radios--small"
    )
    value = "" if bound.value() is None else str(bound.value())
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
    if value == look.exclusive:
        item["behaviour"] = "exclusive"
    if names := look.reveals.get(value):
        revealed = (names,) if isinstance(names, str) else names
        item["conditional"] = {
            "html": SafeString("".join(render_group(bound.form[name]) for name in revealed))
        }
    return item


def tick(bound: BoundField, common: Params) -> tuple[str, Params]:
    """One checkbox for a yes: its label stands beside it."""
    item = {"value": "true", **words(bound.label), "checked": bool(bound.value())}
    return "checkboxes", common | {"idPrefix": bound.auto_id, "items": [item]}


def date_parts(bound: BoundField, common: Params) -> tuple[str, Params]:
    """Day, month and year."""
    value = bound.field.widget.format_value(bound.value())  # type: ignore[arg-type]  # DateWidget takes any
    wrong = wrong_parts(bound)
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    birthday = bound.field.widget.attrs.get("autocomplete") == "bday"
    items = [
        {"name": part, "label": labels[part], "value": value[part], "error": part in wrong}  # type: ignore[index]
        | ({"autocomplete": f"bday-{part}"} if birthday else {})
        for part in labels
    ]
    fieldset = {"legend": title(bound, "govuk-fieldset__legend")}
    return "date-input", common | {"namePrefix": bound.html_name, "fieldset": fieldset, "items": items}


def wrong_parts(bound: BoundField) -> tuple[str, ...]:
    """Which of day, month and year the first error is about; all where it does not say."""
    errors = bound.errors.as_data() if bound.errors else []
    return (errors[0].params or {}).get("parts", ("day", "month", "year")) if errors else ()


def upload(bound: BoundField, common: Params) -> tuple[str, Params]:
    """A file upload."""
    several = bool(getattr(bound.field.widget, "allow_multiple_selected", False))
    return "file-upload", common | {"label": title(bound, "govuk-label"), "multiple": several}


def first_id(bound: BoundField) -> str:
    """The id that an error summary links to: the field itself, its first choice, or the first wrong part of a date."""
    if isinstance(bound.field.widget, DateWidget):
        return f"{bound.auto_id}-{wrong_parts(bound)[0] if bound.errors else 'day'}"
    return str(bound.auto_id)


def revealed_fields(form: forms.BaseForm) -> set[str]:
    """The names of the fields that stand inside the choice of another."""
    found: set[str] = set()
    for name in form.fields:
        for names in look_of(form[name]).reveals.values():
            found |= {names} if isinstance(names, str) else set(names)
    return found


# Checkboxes are radios and radios are selects to Django, so the narrower kinds come first.
KINDS: list[tuple[type[forms.Widget], Callable[[BoundField, Params], tuple[str, Params]]]] = [
    (DateWidget, date_parts),
    (forms.CheckboxSelectMultiple, some_of),
    (forms.RadioSelect, one_of),
    (forms.CheckboxInput, tick),
    (forms.Select, select),
    (forms.Textarea, textarea),
    (forms.PasswordInput, password),
    (forms.FileInput, upload),
]
