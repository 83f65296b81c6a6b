"""Walks URL confs: every address the house answers, with its view."""

from collections.abc import Iterable, Iterator
from importlib import import_module
from uuid import uuid4

from django.urls import URLPattern, URLResolver

SURFACES = ("public", "casework", "both")


def patterns(entries: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """The leaves of a tree of addresses."""
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns)
        else:
            yield entry


def of_surface(name: str) -> list[URLPattern]:
    """All addresses of a surface."""
    return list(patterns(import_module(f"config.urls.{name}").urlpatterns))


def paths(entries: Iterable[URLPattern | URLResolver], before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Each address filled in with values that fit but name nothing."""
    for entry in entries:
        route = before + filled(entry)
        if isinstance(entry, URLResolver):
            yield from paths(entry.url_patterns, route)
        else:
            yield route, entry


def filled(entry: URLPattern | URLResolver) -> str:
    """The route with every placeholder replaced."""
    values = {"UUIDConverter": str(uuid4()), "SlugConverter": "concern", "StringConverter": "x", "IntConverter": "1"}
    text = str(entry.pattern)
    for name, converter in entry.pattern.converters.items():
        kind = type(converter).__name__
        text = text.replace(f"<{kind.removesuffix('Converter').lower().replace('string', 'str')}:{name}>", values[kind])
    return text
