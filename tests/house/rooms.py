"""The rooms on their staircase, and what lies in them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models

from config.environment import CLONE

STAIRS = ("config", "desk", "triage", "referrals", "documents", "people", "agencies", "audit")


def our_models() -> list[type[models.Model]]:
    """The models that the rooms define; history models, which the library makes of them, left out."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if room_of(model) and not hasattr(model, "pgh_tracked_model")
    ]


def room_of(model: type[models.Model]) -> str:
    """The room a model stands in; empty for a library's."""
    return model._meta.app_label if model._meta.app_label in STAIRS else ""


def may_use(room: str, other: str) -> bool:
    """Whether code of `room` may know of `other`: itself or a room below."""
    return STAIRS.index(room) <= STAIRS.index(other)


def sources(*, tests: bool = False) -> Iterator[tuple[Path, str]]:
    """Our own Python files and their text, migrations left out."""
    for folder in (*STAIRS, "benchmarks", *(("tests",) if tests else ())):
        for path in sorted((CLONE / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(CLONE), path.read_text()


def calls(text: str) -> Iterator[ast.Call]:
    """Every call in a source."""
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The last name of what is called: `apps.get_model(...)` is "get_model"."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))
