"""Filters with which the templates of components write attributes and words, built into every template."""

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from referrals.reference import ALPHABET

register = template.Library()

_REFERENCE = re.compile(rf"\b([{ALPHABET}]{{4}}-[{ALPHABET}]{{4}})\b")


@register.filter
def words(params: Mapping[str, Any] | str, prefix: str = "") -> SafeString | str:
    """The `html` of `params` or else its `text` (with a prefix: `titleHtml`, `titleText`).

    HTML that is not marked safe is escaped, so that a person's words never become markup.
    """
    if not isinstance(params, Mapping):
        return ""
    html, text = (f"{prefix}Html", f"{prefix}Text") if prefix else ("html", "text")
    if params.get(html):
        return SafeString(conditional_escape(params[html]).strip())
    return params.get(text, "")


@register.filter
def trusted(html: Any) -> SafeString:
    """A parameter that holds HTML: kept when marked safe, else escaped."""
    return SafeString(conditional_escape(html).strip())


@register.filter
def unbroken(text: Any) -> SafeString:
    """A sentence, the references in it each on one line: they are read aloud and compared."""
    return SafeString(_REFERENCE.sub(r'<span class="app-unbroken">\1</span>', conditional_escape(text)))


@register.filter
def more(classes: str) -> str:
    """Further class names after a fixed one: `class="govuk-hint{{ params.classes|more }}"`."""
    return f" {classes}" if classes else ""


@register.filter
def attr(value: Any, name: str) -> SafeString | str:
    """` name="value"`, or nothing when the value is empty."""
    return format_html(' {}="{}"', name, value) if value else ""


@register.filter
def given(value: Any, name: str) -> SafeString | str:
    """` name="value"`, also when the value is 0; nothing when it is missing."""
    return "" if value in ("", None) or value is False else format_html(' {}="{}"', name, value)


@register.filter
def flag(value: Any, name: str) -> SafeString | str:
    """` name="true"` or ` name="false"` when a truth value is given, nothing when it is missing."""
    return format_html(' {}="{}"', name, as_written(value)) if value or value is False else ""


@register.filter
def as_written(value: Any) -> Any:
    """Truth values as HTML writes them."""
    return ("true" if value else "false") if isinstance(value, bool) else value


@register.filter
def attributes(given: Mapping[str, Any] | str) -> SafeString | str:
    """All attributes of a mapping; with `{"value": ..., "optional": True}` nothing if empty, bare if True."""
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
