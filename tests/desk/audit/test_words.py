"""Nothing that occurs on the ledger is without its words."""

import re

import pytest
from django.apps import apps

from audit.models import DataKey, Entry, Handling, Recorded
from desk.audit.deeds import DEEDS
from desk.audit.words import CHANGES, KINDS, LISTS, LOOKS, NOUNS
from tests.house.rooms import sources

DECORATED = re.compile(r"^@action\ndef (\w+)", re.MULTILINE)


def every_action() -> set[str]:
    return {name for _path, text in sources() for name in DECORATED.findall(text)}


def recorded_models() -> set[str]:
    """Those of which entries tell."""
    return {
        model._meta.label_lower
        for model in apps.get_models()
        if issubclass(model, Recorded | Handling | DataKey | Entry)
    }


def test_every_action_is_found() -> None:
    in_folders = {path.stem for path, text in sources() if path.parts[1:2] == ("actions",) and "@action\n" in text}
    assert in_folders < every_action()


def test_every_action_has_its_words_and_no_words_are_left_over() -> None:
    assert set(DEEDS) == every_action()


def test_every_recorded_model_has_its_noun_and_no_noun_is_left_over() -> None:
    assert set(NOUNS) == recorded_models()


@pytest.mark.parametrize("kind", Entry.Kind)
def test_every_kind_of_entry_has_its_words(kind: Entry.Kind) -> None:
    assert kind in CHANGES or kind in KINDS or kind == Entry.Kind.REFUSED


def test_what_is_looked_at_is_a_model_of_the_house() -> None:
    assert {object_type for _kind, object_type in LOOKS} <= recorded_models()


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_put_on_the_ledger_by_some_page(name: str) -> None:
    assert any(re.search(rf"\b{name}=", text) or f'"{name}":' in text for _path, text in sources())
