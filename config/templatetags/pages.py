"""Tags for layouts, built into every template: addresses of pages and files, which surfaces may lack."""

from typing import Any

from django import template
from django.conf import settings
from django.http import QueryDict
from django.templatetags.static import static
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from agencies.languages import PARAMETER, is_english_only
from agencies.permissions import Permission, can
from config.assets import LOGOS

register = template.Library()

# For whoever listens: said in the language that it leads to, so never translated.
CHANGE_TO = {"en": "Change the language to English", "cy": "Newid yr iaith i’r Gymraeg"}


@register.simple_tag
def route(name: str, *arguments: Any) -> str:
    """The address of a page, or nothing where this surface lacks it: layouts must stand on every surface."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def navigation(context: template.Context, *names_and_words: str) -> list[dict[str, Any]]:
    """Items for a service navigation, from route names and words in turn.

    This surface may lack some, and the reader sees none that they may not open.
    """
    here = context["request"].path if "request" in context else ""
    pairs = zip(names_and_words[::2], names_and_words[1::2], strict=True)
    found = [(route(name), text) for name, text in pairs]
    pages = [(href, text) for href, text in found if href and _may_open(context, href)]
    # The page itself, or the nearest above it: home is above every page of casework.
    nearest = max((href for href, _text in pages if len(href) > 1 and here.startswith(href)), key=len, default="")
    return [
        {
            "href": href,
            "text": text,
            "current": href == here,
            "active": bool(nearest) and href == nearest,
        }
        for href, text in pages
    ]


def _may_open(context: template.Context, href: str) -> bool:
    """Whether the page is open to the reader, by what its view declares; so where nobody is known to read."""
    reader = getattr(context.get("request"), "user", None)
    access = getattr(resolve(href).func, "access", "public")
    return reader is None or access == "public" or can(reader, Permission(access))


@register.inclusion_tag("layouts/parts/language_switch.html", takes_context=True)
def language_switch(context: template.Context, *, bare: bool = False) -> dict[str, Any]:
    """The same page in the other language; on casework, which is English, nothing.

    `switch_form` in the context names a form of the page whose words must not be lost: then the switch sends it.
    `bare` leaves out what the address asks for, for pages that say that it could not be read.
    """
    request = context.get("request")
    if request is None or is_english_only(request):
        return {}
    query = QueryDict(mutable=True) if bare else request.GET.copy()
    items = []
    for code, name in settings.LANGUAGES:
        query[PARAMETER] = code
        items.append(
            {
                "lang": code,
                "text": name,
                "href": f"?{query.urlencode()}",
                "current": code == get_language(),
                "languageDescriptionText": CHANGE_TO[code],
            }
        )
    return {"items": items, "form": context.get("switch_form", "")}


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file; unhashed without a manifest: error pages must never fail over it."""
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
