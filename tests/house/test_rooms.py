"""A room knows only the rooms below it: in its keys, in its words and in its code."""

import ast
import re

import pytest
from django.apps import apps
from django.db import models

from tests.house.rooms import STAIRS, called, calls, may_use, our_models, room_of, sources

OURS = re.compile(rf"({'|'.join(STAIRS)})\.[A-Z]\w+")
LIMIT = 400
ACTION = "audit/action.py"
# Whoever verifies keeps months where they lie while a batch is read, and writes nothing.
READS_UNDER_LOCK = "audit/sealing/reading.py"


def rooms_and_sources():
    return [(path, text) for path, text in sources() if path.parts[0] in STAIRS and path.parts[0] != "config"]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_foreign_keys_lead_down(model):
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        target = field.related_model
        if isinstance(target, type) and issubclass(target, models.Model) and room_of(target):
            assert may_use(room_of(model), room_of(target)), field


def test_no_key_is_generic():
    for model in our_models():
        assert not model._meta.private_fields, model


def test_imports_lead_down():
    for path, text in rooms_and_sources():
        for node in ast.walk(ast.parse(text)):
            named = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            for module in named:
                other = module.partition(".")[0]
                if other in STAIRS:
                    assert may_use(path.parts[0], other), f"{path} imports {module}"
                assert other != "tests", path


def test_models_named_in_strings_lie_in_rooms_below():
    for path, text in rooms_and_sources():
        for call in calls(text):
            words = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if called(call) in {"get_model", "get_app_config"} and words:
                assert words[0].partition(".")[0] not in STAIRS or may_use(path.parts[0], words[0].partition(".")[0]), (
                    path
                )
            for word in words:
                if OURS.fullmatch(word):
                    assert may_use(path.parts[0], word.partition(".")[0]), f"{path} names {word}"


def test_the_rooms_are_the_apps():
    assert {config.label for config in apps.get_app_configs()} >= set(STAIRS) - {"config"}


def test_only_the_action_opens_a_transaction():
    opening = {"atomic", "set_autocommit", "commit", "rollback", "savepoint", "non_atomic_requests"}
    for path, text in sources():
        if str(path) in {ACTION, READS_UNDER_LOCK}:
            continue
        for node in ast.walk(ast.parse(text)):
            owner = getattr(getattr(node, "value", None), "id", "")
            if isinstance(node, ast.Attribute) and owner == "transaction":
                assert node.attr not in opening, f"{path}:{node.lineno}"
            if isinstance(node, ast.ImportFrom) and node.module == "django.db.transaction":
                assert not opening & {alias.name for alias in node.names}, path


def test_no_file_is_near_four_hundred_lines():
    lines = {path: text.count("\n") for path, text in sources(tests=True)}
    assert [path for path, count in lines.items() if count >= LIMIT] == []


def test_most_files_are_small():
    counts = sorted(text.count("\n") for path, text in sources() if text.strip())
    assert counts[len(counts) // 2] < 80


def test_no_file_is_named_for_nothing():
    nothing = {"utils", "util", "helpers", "helper", "misc", "manager", "managers", "service", "services", "common"}
    found = [path for path, _ in sources() if path.stem in nothing]
    assert [path for path in found if path.parts[0] != "config"] == []


@pytest.mark.parametrize(
    "verb_file",
    [path for path, _ in sources() if path.parts[1:2] == ("actions",) and path.stem != "__init__"],
    ids=lambda path: f"{path.parts[0]}.{path.stem}",
)
def test_each_action_stands_alone_in_the_file_of_its_name(verb_file):
    text = dict(sources())[verb_file]
    decorated = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and any(getattr(each, "id", "") == "action" for each in node.decorator_list)
    ]
    public = [node for node in decorated if not node.name.startswith("_")]
    assert [node.name for node in public] == [verb_file.stem]
    for node in decorated:
        keywords = {each.arg for each in node.args.kwonlyargs}
        assert not node.args.args, "keyword-only"
        assert {"by", "now"} <= keywords
        assert ast.get_docstring(node) or node.name.startswith("_")
