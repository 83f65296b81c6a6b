"""A template is a file of the house: what somebody sent is never read as one."""

import ast
from collections.abc import Iterator

from config.components.rendering import render_component
from tests.components.forms import Everything
from tests.hostile import HOSTILE
from tests.house.rooms import sources

TYPED = HOSTILE["markup"]
MAKERS = {"Template", "Engine", "engines", "from_string", "jinja2", "compile_string"}


def names_in(text: str) -> Iterator[str]:
    """Every name, attribute and import of a module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield from node.name.split(".")


def test_no_room_makes_a_template_of_words() -> None:
    read = list(sources())
    assert len(read) > 400
    assert [str(path) for path, text in read if MAKERS & set(names_in(text))] == []


def test_what_is_typed_like_a_template_comes_back_as_it_was_typed() -> None:
    escaped = "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:1 }}{% x %}"
    assert escaped in render_component("inset-text", {"text": TYPED})
    form = Everything(dict.fromkeys(Everything.base_fields, TYPED))
    assert escaped in str(form)
