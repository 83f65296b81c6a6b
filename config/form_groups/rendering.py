"""Which component shows a form's field. A plain Django field is enough; its `Look` says more."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

from agencies.forms.fields import DateWidget
from config.components.rendering import merged, render_component
from config.form_groups import choosing, dates, texts
from config.form_groups.common import Params, common_parameters, look_of

# Checkboxes are radios and radios are selects to Django, so the narrower kinds come first.
KINDS: list[tuple[type[forms.Widget], Callable[[BoundField, Params], tuple[str, Params]]]] = [
    (DateWidget, dates.date_parts),
    (forms.CheckboxSelectMultiple, choosing.some_of),
    (forms.RadioSelect, choosing.one_of),
    (forms.CheckboxInput, choosing.tick),
    (forms.Select, choosing.select),
    (forms.Textarea, texts.textarea),
    (forms.PasswordInput, texts.password),
    (forms.FileInput, texts.upload),
]


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
    return "input", common | texts.text_parameters(bound)


def first_id(bound: BoundField) -> str:
    """The id that an error summary links to: the field, the first choice or the wrong part of a date."""
    if isinstance(bound.field.widget, DateWidget):
        return f"{bound.auto_id}-{dates.wrong_parts(bound)[0] if bound.errors else 'day'}"
    return str(bound.auto_id)


def revealed_fields(form: forms.BaseForm) -> set[str]:
    """The names of the fields that stand inside the choice of another."""
    found: set[str] = set()
    for name in form.fields:
        for names in look_of(form[name]).reveals.values():
            found |= {names} if isinstance(names, str) else set(names)
    return found
