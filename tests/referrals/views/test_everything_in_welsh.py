"""Every public page in every state says everything in Welsh."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import get_resolver
from django.utils.translation import trans_real

from config.catalogue.gathering import read
from tests.components.spoken import said_by
from tests.documents.conftest import folder
from tests.referrals.answering import _WORDS, SHORTEST
from tests.referrals.views.conftest import Visitor
from tests.referrals.views.every_page import every_page, waiting
from tests.referrals.views.test_waiting import narrow

pytestmark = pytest.mark.django_db
__all__ = ["folder", "narrow"]

ENGLISH = re.compile(
    r"\b(the|you|your|and|with|this|that|are|not|of|for|if|have|has|they|their|what|who|how|please|must|"
    r"file|files|page|when|where|from|by|on|be|been|was|only|again|more|here)\b",
    re.IGNORECASE,
)
TYPED = sorted(
    {
        " ".join(line.split())
        for answer in [*_WORDS.values(), *(value for given in SHORTEST.values() for value in given.values())]
        if isinstance(answer, str)
        for line in answer.split("\n")
        if len(line) > 3
    },
    key=len,
    reverse=True,
)
SAME = {"Prevent", "Problem", "English"}


class Missed:
    """Stands behind the Welsh catalogue, where Django looks for what that does not have."""

    def __init__(self) -> None:
        self.words: set[str] = set()

    def gettext(self, message: str) -> str:
        self.words.add(message)
        return message

    def ngettext(self, one: str, many: str, number: int) -> str:
        self.words.add(one)
        return one if number == 1 else many


@pytest.fixture
def missed(monkeypatch: pytest.MonkeyPatch) -> Missed:
    """What is asked of the Welsh catalogue and is not in it. All is imported first: an Enum asks for its words."""
    assert get_resolver().url_patterns
    behind = Missed()
    monkeypatch.setattr(trans_real.translation("cy"), "_fallback", behind)
    return behind


def own_words(texts: list[str]) -> Iterator[str]:
    """Without what the visitor typed."""
    for text in texts:
        for typed in TYPED:
            text = text.replace(typed, "")
        yield text.strip()


def english_in(html: str, known: set[str]) -> list[str]:
    """Texts of a page that are English: the catalogue's own, or with a word that Welsh has not."""
    return [text for text in own_words(said_by(html, "cy")) if text in known or ENGLISH.search(text)]


@pytest.fixture(scope="module")
def known() -> set[str]:
    """The words of the catalogue in English."""
    ids = [message.id for message in read() if message.id]
    words = {word for each in ids for word in ([each] if isinstance(each, str) else each)}
    same = {str(message.string) for message in read() if message.id}
    return {" ".join(word.split()) for word in words} - same - SAME


def english_of(pages: Iterator[tuple[str, Any]], known: set[str]) -> tuple[dict[str, list[str]], set[str]]:
    """The English of pages by their names, and the names of all."""
    found: dict[str, list[str]] = {}
    seen = set()
    for name, response in pages:
        html = response.content.decode()
        seen.add(name)
        if english := english_in(html, known):
            found[name] = english
        if html.lstrip().startswith("<!DOCTYPE"):
            assert '<html lang="cy"' in html, name
        if " wrong" in name and "<title>" in html:
            assert re.search(r"<title>\s*Gwall: ", html), name
    return found, seen


@pytest.mark.usefixtures("folder")
def test_no_page_in_any_state_says_anything_in_english(visitor: Visitor, missed: Missed, known: set[str]) -> None:
    found, seen = english_of(every_page(visitor, "cy"), known)
    assert found == {}
    assert missed.words == set()
    assert len(seen) > 80


def test_whoever_is_asked_to_wait_is_asked_in_welsh(
    visitor: Visitor, missed: Missed, known: set[str], narrow: None
) -> None:
    visitor.cookies["language"] = "cy"
    pages = list(waiting(visitor))
    assert {name for name, response in pages if response.status_code == 429} == {name for name, _response in pages}
    found, _seen = english_of(iter(pages), known)
    assert found == {}
    assert missed.words == set()


def test_this_test_can_fail(known: set[str], missed: Missed) -> None:
    assert english_in('<p>Parhau</p><p aria-label="Back">x</p>', known) == ["Back"]
    assert english_in("<p>Look at the hill</p>", known) == ["Look at the hill"]
    assert english_in('<p lang="en">Look at the hill</p><p>Siân O’Brien-Łukasik, called Siwsi</p>', known) == []
    assert trans_real.translation("cy").gettext("No such words") == "No such words"
    assert missed.words == {"No such words"}
