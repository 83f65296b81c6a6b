"""Opens every page as everybody, and reads the forms that stand there."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html as lxml_html  # type: ignore[import-untyped]

TYPED = {"text", "email", "tel", "password", "number", "url", "search", "textarea"}
# Pages that show other buttons and other links for each thing they are about; of any other page one is like the next.
DIFFERING = {"desk:referral", "desk:request", "agencies:endpoint", "referrals:enter-question"}


@dataclass(frozen=True)
class Field:
    """One name of a form: `kind` is text, choice, hidden, file or button; `options` what may be chosen."""

    name: str
    kind: str
    value: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A form as a browser finds it, and the browser."""

    client: Client
    page: str
    action: str
    method: str
    fields: tuple[Field, ...]
    multipart: bool

    @property
    def name(self) -> str:
        """The address it is sent to, by name, with what is asked there."""
        return f"{name_of(self.action)}({', '.join(field.name for field in self.fields)})"


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Afterwards nothing has happened, here or in the browser."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


def name_of(url: str) -> str:
    """The name of the address; empty where nothing answers."""
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""


def tree(content: bytes) -> Any:
    """The page as elements."""
    return lxml_html.fromstring(content.decode() or "<p></p>")


def forms_on(client: Client, page: str, content: bytes) -> Iterator[Form]:
    """The forms on a page."""
    for form in tree(content).forms:
        action = urljoin(page, form.get("action") or "")
        multipart = form.get("enctype") == "multipart/form-data"
        yield Form(client, page, action, form.method, tuple(fields_of(form)), multipart)


def fields_of(form: Any) -> Iterator[Field]:
    """Its fields, each name once; the token against forgery is the browser's matter."""
    found: dict[str, Field] = {}
    for element in form.iter("input", "textarea", "select", "button"):
        name, kind = element.get("name"), element.get("type", "text" if element.tag == "input" else element.tag)
        if not name or name == "csrfmiddlewaretoken":
            continue
        if kind in {"radio", "checkbox"}:
            before = found.get(name, Field(name, "choice", ""))
            value = before.value or (element.get("value", "on") if element.get("checked") is not None else "")
            found[name] = Field(name, "choice", value, (*before.options, element.get("value", "on")))
        elif kind == "select":
            found[name] = Field(name, "choice", element.value or "", tuple(filter(None, element.value_options)))
        elif kind in TYPED:
            value = (element.text or "").removeprefix("\n") if kind == "textarea" else element.get("value", "")
            found[name] = Field(name, "text", value)
        else:
            kind = {"hidden": "hidden", "file": "file"}.get(kind, "button")
            found[name] = Field(name, kind, element.get("value", ""))
    yield from found.values()


class Found:
    """What walking found: one browser for each address that opened, and each form once."""

    def __init__(self) -> None:
        self.pages: dict[str, Client] = {}
        self.forms: dict[str, Form] = {}
        self.names: set[str] = set()
        self.parameters: set[str] = set()
        self.looks: Counter[str] = Counter()

    def one_of_each_name(self) -> dict[str, tuple[str, Client]]:
        """One address of each name that opened, and its browser."""
        return {name_of(url): (url, client) for url, client in reversed(self.pages.items())}

    def walk(self, client: Client, roots: list[str]) -> None:
        """Follow every link from the roots, as far as what it leads to has not been seen."""
        queue, seen = list(roots), set(roots)
        while queue:
            url = queue.pop(0)
            if url not in roots and self._is_known(url):
                continue
            with undone(client):
                answer = client.get(url)
            self.names.add(name_of(url))
            links = [link for link in self._read(client, url, answer) if link not in seen and name_of(link)]
            queue += links
            seen.update(links)

    def _is_known(self, url: str) -> bool:
        """A list is different for every reader; what it leads to is not, but for referrals, which two sides have."""
        name = name_of(url)
        if name in DIFFERING:
            return self.looks[url] > 1
        return bool(resolve(urlsplit(url).path).kwargs or urlsplit(url).query) and self.looks[name] > 0

    def _read(self, client: Client, url: str, answer: Any) -> Iterator[str]:
        """Keep what is on the page; the addresses that it leads to."""
        if answer.status_code in {301, 302}:
            yield urljoin(url, answer["Location"])
        if answer.status_code != HTTPStatus.OK:
            return
        self.pages.setdefault(url, client)
        self.looks.update([url, name_of(url)])
        if not answer["Content-Type"].startswith("text/html"):
            return
        for form in forms_on(client, url, answer.content):
            self.forms.setdefault(f"{form.method} {form.name}", form)
            self.names.add(name_of(form.action))
        for _element, _attribute, link, _at in tree(answer.content).iterlinks():
            path = urljoin(url, link).partition("#")[0]
            self.parameters.update(parse_qs(urlsplit(link).query))
            if path.startswith("/") and not path.startswith("/static/") and "lang=" not in path:
                yield path
