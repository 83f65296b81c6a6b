"""Tags for components and forms, built into every template (settings: TEMPLATES, builtins)."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.components.rendering import merged, nested, render_component
from config.form_groups.rendering import first_id, render_group, revealed_fields

register = template.Library()


@register.simple_tag
def component(name: str, options: Mapping[str, Any] | None = None, **parameters: Any) -> SafeString:
    """`{% component "button" text="Continue" %}`; one level down by `label__text="Name"`."""
    return render_component(name, merged(options or {}, nested(parameters)))


@register.simple_block_tag
def call(content: str, name: str, options: Mapping[str, Any] | None = None, **parameters: Any) -> SafeString:
    """`{% call "details" summaryText="More" %}...{% endcall %}`: what stands between is `html`."""
    return render_component(name, merged(options or {}, nested(parameters)) | {"html": content})


@register.simple_tag
def field(bound: BoundField, **parameters: Any) -> SafeString:
    """A form's field with label, hint and error. Single parameters may be replaced: `label__text="Name"`."""
    return render_group(bound, **nested(parameters))


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """The summary at the top of a page whose form has errors: each links to where it can be put right."""
    errors = [{"text": message} for message in form.non_field_errors()]
    wrong = [bound for bound in form if bound.errors]
    errors += [{"text": bound.errors[0], "href": f"#{first_id(bound)}"} for bound in wrong]
    return render_component("error-summary", {"titleText": _("There is a problem"), "errorList": errors})


@register.filter
def shown_fields(form: BaseForm) -> list[BoundField]:
    """The visible fields that do not stand inside a choice of another."""
    inside = revealed_fields(form)
    return [bound for bound in form.visible_fields() if bound.name not in inside]
