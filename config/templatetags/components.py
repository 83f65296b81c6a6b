"""Tags and filters for components, built into every template (settings: TEMPLATES, builtins)."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.assets import LOGOS
from config.components import merged, nested, render_component
from config.form_groups import first_id, render_group, revealed_fields

register = template.Library()


@register.simple_tag
def component(name: str, options: Mapping[str, Any] | None = None, **parameters: Any) -> SafeString:
    """`{% component "button" text="Continue" %}`; nested parameters with two underscores: `label__text="Name"`."""
    return render_component(name, merged(options or {}, nested(parameters)))


@register.simple_block_tag
def call(content: str, name: str, options: Mapping[str, Any] | None = None, **parameters: Any) -> SafeString:
    """`{% call "details" summaryText="More" %}...{% endcall %}`: what stands between becomes the parameter `html`."""
    return render_component(name, merged(options or {}, nested(parameters)) | {"html": content})


@register.filter
def words(params: Mapping[str, Any] | str, prefix: str = "") -> SafeString | str:
    """The `html` of `params` or else its `text` (with a prefix: `titleHtml`, `titleText`). HTML not marked safe is escaped."""
    if not isinstance(params, Mapping):
        return ""
    html, text = (f"{prefix}Html", f"{prefix}Text") if prefix else ("html", "text")
    if params.get(html):
        return SafeString(conditional_escape(params[html]).strip())
    return params.get(text, "")


@register.filter
def more(classes: str) -> str:
    """Further class names after a fixed one: `class="govuk-hint{{ params.classes|more }}"`."""
    return f" {classes}" if classes else ""


@register.filter
def attr(value: Any, name: str) -> SafeString | str:
    """` name="value"`, or nothing when the value is empty."""
    return format_html(' {}="{}"', name, value) if value else ""


@register.filter
def flag(value: Any, name: str) -> SafeString | str:
    """` name="true"` or ` name="false"` when a truth value is given, nothing when it is missing."""
    return format_html(' {}="{}"', name, as_written(value)) if value or value is False else ""


@register.filter
def attributes(given: Mapping[str, Any] | str) -> SafeString | str:
    """All attributes of a mapping; `{"value": ..., "optional": True}` leaves out what is empty and writes True bare."""
    if not isinstance(given, Mapping):
        return ""
    return format_html_join("", "{}", ((one_attribute(name, value),) for name, value in given.items()))


def one_attribute(name: str, item: Any) -> SafeString | str:
    """One attribute with the space before it."""
    optional = isinstance(item, Mapping) and bool(item.get("optional"))
    value = item.get("value", "") if isinstance(item, Mapping) else item
    if optional and value is True:
        return format_html(" {}", name)
    if optional and (value in ("", None) or value is False):
        return ""
    return format_html(' {}="{}"', name, "" if value is None else as_written(value))


@register.filter
def given(value: Any, name: str) -> SafeString | str:
    """` name="value"`, also when the value is 0; nothing when it is missing."""
    return "" if value in ("", None) or value is False else format_html(' {}="{}"', name, value)


@register.filter
def trusted(html: Any) -> SafeString:
    """A parameter that holds HTML: kept when marked safe, else escaped."""
    return SafeString(conditional_escape(html).strip())


@register.filter
def as_written(value: Any) -> Any:
    """Truth values as HTML writes them."""
    return ("true" if value else "false") if isinstance(value, bool) else value


@register.simple_tag
def field(bound: BoundField, **parameters: Any) -> SafeString:
    """A form's field with label, hint and error. Parameters of its component may be replaced: `label__text="Name"`."""
    return render_group(bound, **nested(parameters))


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """The summary at the top of a page whose form has errors: each links to where it can be put right."""
    errors = [{"text": message} for message in form.non_field_errors()]
    for bound in form:
        if bound.errors:
            errors.append({"text": bound.errors[0], "href": f"#{first_id(bound)}"})
    return render_component("error-summary", {"titleText": _("There is a problem"), "errorList": errors})


@register.filter
def shown_fields(form: BaseForm) -> list[BoundField]:
    """The visible fields that do not stand inside a choice of another."""
    inside = revealed_fields(form)
    return [bound for bound in form.visible_fields() if bound.name not in inside]


@register.simple_tag
def route(name: str, *arguments: Any) -> str:
    """The address of a page, or nothing where this surface does not have it: layouts must stand on every surface."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def navigation(context: template.Context, *names_and_words: str) -> list[dict[str, Any]]:
    """Items for a service navigation, from route names and words in turn. Pages that this surface lacks are left out."""
    here = context["request"].path if "request" in context else ""
    pairs = zip(names_and_words[::2], names_and_words[1::2], strict=True)
    pages = [(route(name), text) for name, text in pairs]
    return [
        {
            "href": href,
            "text": text,
            "current": href == here,
            "active": len(href) > 1 and here.startswith(href),
        }
        for href, text in pages
        if href
    ]


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file; unhashed where no manifest was made, so that error pages never fail over it."""
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag
def brand_mark(place: str) -> SafeString:
    """The crown, for the header or the footer: only where it was brought for a branded deployment."""
    file = LOGOS / f"{place}.svg"
    return SafeString(file.read_text()) if file.is_file() else SafeString("")


@register.filter
def message_id(position: int) -> str:
    """The id of the title of one of several banners."""
    return f"message-{position}-title"
