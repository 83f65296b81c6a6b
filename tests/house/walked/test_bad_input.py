"""Bad input at every address and in every field of every form: a sentence beside it, nothing else lost, no fault.

Nobody lists the pages: they are found by following links as everybody, and their forms by reading them.
"""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib import import_module
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from agencies.limits import LIMITS, Doing
from agencies.roles import RoleName
from tests.hostile import DAYS, HOSTILE, encoded
from tests.house.addresses import paths
from tests.house.one_of_each import OneOfEach
from tests.house.reading import Field, Form, Found, forms_on, name_of, tree, undone
from tests.house.rooms import sources
from tests.house.walked.conftest import Walked

FORM_BODY = "application/x-www-form-urlencoded"
# Where not everything is tried: one of these in each field alone, by turns, and those in all at once.
FEW = ("NUL within", "100,000 characters")
AT_ONCE = ("half a character within", "100,000 digits", "right to left")
FEW_DAYS = ("in the future", "29 February of no leap year", "the last day there is", "beyond the last year", "NUL")
# The form's own pages are tried with all of this at the front door: of those for staff, these few.
FEW_PAGES = ("danger", "person")
PLAIN = {200, 302, 400, 404, 405, 409, 413, 429}
PARTS = ("-day", "-month", "-year")
AHEAD = ("due_on", "review_on", "next_on", "in_force_from")
ERROR = b"govuk-error-summary"
WORD = "Honest words, typed before"


@dataclass
class Tried:
    """Everything that was found, and what was the matter with it."""

    house: OneOfEach
    found: Found
    full: bool = False

    @property
    def texts(self) -> list[str]:
        """What is typed where text is expected."""
        return [value for name, value in HOSTILE.items() if self.full or name in FEW]

    @property
    def days(self) -> list[tuple[str, ...]]:
        """What is typed where a day is expected."""
        return [day for name, day in DAYS.items() if self.full or name in FEW_DAYS]

    @property
    def choices(self) -> list[Any]:
        """What a hand-made form sends where something is to be chosen."""
        few: list[Any] = [str(uuid4()), str(self.house.fresh.pk), "be\x00fore"]
        return few if not self.full else [*few, *HOSTILE.values(), "", ["x", "y"]]

    def forms(self) -> list[Form]:
        """The forms that change something."""
        return [form for form in self.found.forms.values() if form.method == "POST" and (self.full or is_tried(form))]

    def honest(self, form: Form) -> dict[str, Any]:
        """What somebody fills in who means it."""
        soon = timezone.localdate() + timedelta(days=30)
        known = {
            **{f"{name}-{part}": str(getattr(soon, part)) for name in AHEAD for part in ("day", "month", "year")},
            "asked": str(self.house.other.pk),
            "clock": "14:30",
            "reference": self.house.beside.reference,
            "duplicate_of": self.house.beside.reference,
            "url": f"{self.house.url}/new",
            "to": str(self.house.other.pk),
            "password": "no pass phrase of anybody",
            "login": "somebody@officers.example",
            "starts_on-year": "2027",
            "ends_on-year": "2027",
            "organisation": "Larkfield Trust",
            "words": "Wren",
            "agency": str(self.house.other.pk),
            "role": RoleName.CHANNEL_CHAIR.value,
            "email": "somebody.new@officers.example",
            "duty_email": "duty@officers.example",
            "postcode": "S70 1GW",
            "cover": str(self.house.people[RoleName.AUTHORITY_SUPERVISOR].pk),
        }
        return {f.name: chosen(f, known.get(f.name, "")) for f in form.fields if f.kind not in {"button", "file"}}


def is_tried(form: Form) -> bool:
    page = urlsplit(form.action).path.rstrip("/").rpartition("/")[2]
    return name_of(form.action) != "referrals:enter-question" or page in FEW_PAGES


def chosen(field: Field, known: str) -> str:
    """What is known to be an answer, where it is one that can be given here."""
    return known if known and (not field.options or known in field.options) else likely(field)


def likely(field: Field) -> str:
    """An answer for a field of which nothing is known but its kind."""
    if field.name.endswith(PARTS):
        return {"-day": "1", "-month": "2", "-year": "2010"}["-" + field.name.rpartition("-")[2]]
    if field.name.endswith(("_days", "_minutes")):
        return "20"
    return field.value or (field.options[0] if field.options else WORD)


@pytest.fixture
def tried(walked: Walked) -> Tried:
    """What was found, to be tried."""
    return Tried(walked.house, walked.found)


def sent(form: Form, given: dict[str, Any], *, files: list[Any] | None = None, **more: Any) -> Any:
    """The answer to the form, posted as a browser posts it."""
    if form.multipart and files is not None:
        return form.client.post(form.action, {**given, "documents": files}, **more)
    return form.client.post(form.action, encoded({"csrfmiddlewaretoken": "x", **given}), content_type=FORM_BODY, **more)


def wrong(form: Form, given: dict[str, Any], bad: set[str], answer: Any) -> str:
    """What is the matter with an answer; empty for nothing."""
    visible = {field.name for field in form.fields if field.kind in {"text", "choice"}}
    if answer.status_code not in PLAIN:
        return f"{answer.status_code} {getattr(answer, 'exc_info', '')}"
    if answer.status_code >= 400:
        if not answer.content.rstrip().endswith(b"</html>"):
            return f"{answer.status_code} without a page"
        return f"{answer.status_code}: what was typed elsewhere is lost" if bad & visible else ""
    if answer.status_code == 302:
        return ""
    if answer.streaming or not answer["Content-Type"].startswith("text/html"):
        return ""
    return wrong_with_page(form, given, bad, answer.content)


def wrong_with_page(form: Form, given: dict[str, Any], bad: set[str], content: bytes) -> str:
    """A page came back: either something else, or the form with what was typed and a sentence beside what is wrong."""
    names = {field.name for field in form.fields}
    again = next((f for f in forms_on(form.client, form.page, content) if {x.name for x in f.fields} >= names), None)
    page = tree(content)
    if again is None or not names:
        return ""
    if not page.xpath("//*[contains(@class, 'govuk-error-summary')]"):
        return "the form came back without an error summary"
    links = page.xpath("//*[contains(@class, 'govuk-error-summary__list')]//a/@href")
    if lost := [link for link in links if not page.xpath(f"//*[@id={link[1:]!r}]")]:
        return f"the summary leads nowhere: {lost}"
    if links and not page.xpath("//*[contains(@class, 'govuk-error-message')]"):
        return "no sentence beside any field"
    shown = {field.name: field.value for field in again.fields if field.kind in {"text", "choice"}}
    typed = (
        {field.name for field in form.fields if field.kind in {"text", "choice"}} - bad - {"password", "new_password"}
    )
    if lost := [name for name in typed & given.keys() if shown.get(name) != given[name]]:
        return f"lost: {lost}: {[(given[name], shown.get(name)) for name in lost]}"
    return ""


Variant = tuple[set[str], dict[str, Any], str]


def variants(tried: Tried, form: Form) -> Iterator[Variant]:
    """Each field in turn with something bad in it: the names that are bad, what is sent, and how to call it."""
    honest = tried.honest(form)
    dates = {name.rpartition("-")[0] for name in honest if name.endswith(PARTS)}
    for date in dates:
        for day in tried.days:
            parts = {date + part: value for part, value in zip(PARTS, day, strict=True)}
            yield set(parts), honest | parts, f"{date} = {short(day)}"
    words = [field.name for field in form.fields if field.kind == "text" and not field.name.endswith(PARTS)]
    for called in AT_ONCE if words else ():
        yield set(words), honest | dict.fromkeys(words, HOSTILE[called]), f"all = {called}"
    fields = [field for field in form.fields if field.kind != "file" and not field.name.endswith(PARTS)]
    for turn, field in enumerate(fields, start=len(form.name)):
        every = list(of_one(tried, honest, field))
        yield from every if tried.full else [every[turn % len(every)]]


def of_one(tried: Tried, honest: dict[str, Any], field: Field) -> Iterator[Variant]:
    """All that is tried with one field."""
    for value in tried.texts if field.kind == "text" else tried.choices:
        yield {field.name}, honest | {field.name: value}, f"{field.name} = {short(value)}"
    if field.name in honest:
        left = {name: value for name, value in honest.items() if name != field.name}
        yield {field.name}, left, f"without {field.name}"
        yield {field.name}, honest | {field.name: [honest[field.name], "another"]}, f"{field.name} twice"


def short(value: Any) -> str:
    """A value for a message."""
    return ascii(value)[:40]


def after(client: Client, answer: Any) -> str:
    """The page that a redirect leads to shows what was stored."""
    if answer.status_code != 302 or not answer["Location"].startswith("/"):
        return ""
    page: Any = client.get(answer["Location"])
    return f"then {page.status_code} {page.exc_info}" if page.status_code >= 500 else ""


def faults_in_fields(tried: Tried) -> Iterator[str]:
    for form in tried.forms():
        for bad, given, called in variants(tried, form):
            with undone(form.client):
                answer = sent(form, given)
                fault = wrong(form, given, bad, answer) or after(form.client, answer)
            if fault:
                yield f"{form.name} {called}: {fault}"


def test_every_address_was_found(tried: Tried) -> None:
    every = {name_of(path) for path, _entry in paths(import_module("config.urls.both").urlpatterns)}
    # Systems have tests of their own; no provider of single sign-on is set.
    elsewhere = ("api:", "notify-receipt", "openid_connect_")
    assert {name for name in every - tried.found.names if not name.startswith(elsewhere)} == set()


def test_every_field_of_every_form_takes_anything(tried: Tried) -> None:
    assert not (faults := list(faults_in_fields(tried))), "\n".join(faults)


@pytest.mark.full
def test_every_field_of_every_form_takes_everything_that_nobody_means(
    tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    for doing in Doing:  # nobody tries so much in an hour
        monkeypatch.setitem(LIMITS, doing, {})
    assert not (faults := list(faults_in_fields(replace(tried, full=True)))), "\n".join(faults)


DEEP = b"[" * 1_000 + b"]" * 1_000
BOUND = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="reason"'
BODIES: dict[str, tuple[bytes, str]] = {
    "JSON, 1,000 deep": (DEEP, "application/json"),
    "no body": (b"", FORM_BODY),
    "bytes of no encoding": (b"reason=%ff%fe%00&%ff=%80", FORM_BODY),
    "raw bytes": (bytes(range(256)), FORM_BODY),
    "another encoding": (b"reason=a", f"{FORM_BODY}; charset=utf-16"),
    "more fields than any form has": (b"&".join(b"a%d=1" % n for n in range(600)), FORM_BODY),
    "more than is read": (b"reason=" + b"a" * 3_000_000, FORM_BODY),
    "parts without a boundary": (b"reason=a", "multipart/form-data"),
    "parts with a boundary of no letters": (b"--\xff", "multipart/form-data; boundary=\xff"),
    "a part that does not end": (PART + b"\r\n\r\nhalf", BOUND),
    "a part without a head": (b"--x\r\n\r\n\r\n--x--", BOUND),
    "a part in bad base64": (PART + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--x--", BOUND),
    "no content type": (b"reason=a", ""),
}


def test_a_body_of_another_kind_is_answered_with_a_page(tried: Tried) -> None:
    faults = []
    for turn, form in enumerate(tried.forms()):
        # What takes a body apart is the same for all forms: each gets some of them, by turns.
        for called, (body, kind) in list(BODIES.items())[turn % 4 :: 4]:
            with undone(form.client):
                answer = form.client.generic("POST", form.action, body, content_type=kind)
                if fault := plain(answer):
                    faults.append(f"{form.name} {called}: {fault}")
    assert not faults, "\n".join(faults)


def plain(answer: Any) -> str:
    """What is the matter with an answer that need only be a page, or lead to one; empty for nothing."""
    if answer.status_code not in PLAIN:
        return f"{answer.status_code} {answer.exc_info}"
    if answer.status_code in {302, 405} or answer.streaming or not answer["Content-Type"].startswith("text/html"):
        return ""
    return "" if answer.content.rstrip().endswith(b"</html>") else f"{answer.status_code} without a page"


CURSORS = (f"9999-12-31T23:59:59-23:59~{uuid4()}", f"0001-01-01T00:00:00+23:59~{uuid4()}", "2026-01-01T00:00:00Z~x")


def parameters(tried: Tried) -> set[str]:
    """Everything that some page reads from an address: in our code, in a form that is sent there, in a library."""
    read = {name for _path, text in sources() for name in re.findall(r"(?:request\.GET|address)\.get\(\"(\w+)\"", text)}
    asked = {field.name for form in tried.found.forms.values() if form.method == "GET" for field in form.fields}
    return read | asked | tried.found.parameters


def queries(tried: Tried, *, alone: bool) -> Iterator[tuple[str, bytes]]:
    """Bad addresses for a page: all parameters at once, and for a page that looks at them each alone."""
    known = sorted(parameters(tried))
    for value in tried.texts if tried.full else tried.texts[:2]:
        yield short(value), encoded(dict.fromkeys(known, value))
    for name in known if alone else ():
        for value in [HOSTILE["NUL within"], *(CURSORS if name.endswith("_than") else ())]:
            yield f"{name} = {short(value)}", encoded({name: value})


def reads_addresses(url: str) -> bool:
    """Whether the module of the view looks at what follows the question mark."""
    return "request.GET" in inspect.getsource(inspect.getmodule(inspect.unwrap(resolve(urlsplit(url).path).func)) or re)


def test_whatever_follows_the_question_mark_is_ignored_or_answered_with_a_page(tried: Tried) -> None:
    assert {"older_than", "newer_than", "reference", "flags", "agency", "lang", "change"} <= parameters(tried)
    faults = []
    for name, (url, client) in tried.found.one_of_each_name().items():
        url = url.partition("?")[0]
        for called, query in queries(tried, alone=reads_addresses(url)):
            with undone(client):
                answer = client.get(url, QUERY_STRING=query.decode("ascii"))
                if fault := plain(answer):
                    faults.append(f"{name} {called}: {fault}")
    assert not faults, "\n".join(faults)


UUIDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def test_an_address_that_names_something_else_is_absent(tried: Tried) -> None:
    addresses = [*tried.found.pages, *(form.action for form in tried.found.forms.values())]
    ids = {name_of(url): found[0] for url in addresses if (found := UUIDS.findall(url))}
    opened = {form.action: form.client for form in tried.found.forms.values()} | tried.found.pages
    browsers = {name_of(url): (url, client) for url, client in opened.items()}
    faults = []
    for turn, (name, (url, client)) in enumerate(browsers.items()):
        for own in UUIDS.findall(url):
            others = [own.upper(), *sorted(set(ids.values()) - {own}), *map(in_path, tried.texts[:3])]
            # Of each address some are asked for, by turns.
            for other in [str(uuid4()), *(others if tried.full else others[turn % 9 :: 9])]:
                with undone(client):
                    answers = client.get(url.replace(own, other)), client.post(url.replace(own, other), {"x": "x"})
                    faults += [f"{name} {short(other)}: {fault}" for each in answers if (fault := plain(each))]
    assert not faults, "\n".join(faults)


def in_path(value: str) -> str:
    """A value as part of an address."""
    return quote(value[:500].encode(errors="surrogatepass"))


def test_headers_and_cookies_take_anything(tried: Tried) -> None:
    """A cookie may hold what no byte of a header can: in quotes, as octal numbers."""
    faults = []
    values = [
        r'"\000\000\000\000\000\000\000\000\000"',
        r'"\377\377\377\377\377\377\377\377\377"',
        "a" * 5_000,
        "a:b:c",
        "",
    ]
    for name in ("session", "csrf", "language", "front-door", "messages"):
        for value in values:
            for url in ("/", "/casework/", "/casework/sign-in/", "/refer/" + str(uuid4()) + "/check/"):
                browser = Client(raise_request_exception=False)
                for method in ("GET", "POST"):
                    with undone(browser):
                        answer = browser.generic(method, url, headers={"Cookie": f"{name}={value}"})
                        if fault := plain(answer):
                            faults.append(f"{method} {url} {name}={short(value)}: {fault}")
    for header in ("Accept-Language", "Referer", "Authorization", "X-Forwarded-For", "Range"):
        for value in ("a" * 5_000, "\xff\x00", "Bearer " + "x" * 500):
            for url in ("/", "/casework/sign-in/"):
                browser = Client(raise_request_exception=False)
                with undone(browser):
                    if fault := plain(browser.get(url, headers={header: value})):
                        faults.append(f"{url} {header}={short(value)}: {fault}")
    assert not faults, "\n".join(faults)


def test_more_files_than_are_taken_are_refused_by_name_and_what_was_typed_stays(tried: Tried) -> None:
    multipart = [form for form in tried.found.forms.values() if form.multipart]
    assert len(multipart) >= 2
    for form in multipart:
        with undone(form.client):
            files = [SimpleUploadedFile(f"{n}.txt", b"Words") for n in range(21)]
            answer = sent(form, tried.honest(form), files=files)
            assert answer.status_code == 200
            assert answer.content.count(b"there are 10 files already") >= 11
            assert wrong(form, tried.honest(form), set(), answer) == ""
