"""Complete journeys over HTTP: from Start now to the reference, each page asked for and answered."""

import time
from collections.abc import Sequence
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from benchmarks.house import TOKEN, connect
from benchmarks.measuring import Taken, at_once, say, say_taken

CLIENTS = (1, 8, 32)
HEALTH = "/healthz"

Answers = dict[str, Any]


class Browser:
    """One connection with its cookies."""

    def __init__(self, url: str, client: int) -> None:
        self.connection = connect(url, client)
        self.cookies = {"csrf": TOKEN}

    def ask(self, path: str, given: Answers | None = None) -> str:
        """GET a page, or POST what was given; where it leads, or the page itself. Raises AssertionError on errors."""
        told = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if given is not None:
            body = urlencode({"csrfmiddlewaretoken": TOKEN, **given}, doseq=True)
            told["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("GET" if body is None else "POST", path, body=body, headers=told)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        assert answer.status in {200, 302}, (path, answer.status)
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: part.value for name, part in SimpleCookie(line).items()}
        return str(answer.headers.get("Location") or page)


def measure(url: str, answers: Sequence[Answers], count: int) -> None:
    """`count` journeys at 1, 8 and 32 clients; then question pages alone. Prints as it goes."""
    pages: list[float] = []
    for clients in CLIENTS:
        taken = at_once(clients, [answers[place % len(answers)] for place in range(count)], travel(url, pages))
        say_taken(f"complete journey, {clients} client{'s' if clients > 1 else ''}", taken)
        if clients == 1:
            alone = Taken(list(pages), sum(pages))
            bare = at_once(1, range(200), health(url))
            versus = "the health page, same web server"
            say(
                "question page, p95, 1 client", alone.p95, "ms", n=len(pages), versus=versus, ratio=alone.p95 / bare.p95
            )


def travel(url: str, pages: list[float]) -> Any:
    """A client that makes journeys; the seconds of each question page asked for are added to `pages`."""

    def work(client: int, share: Sequence[Answers]) -> list[float]:
        return [journey(Browser(url, client), each, pages) for each in share]

    return work


def journey(browser: Browser, answers: Answers, pages: list[float]) -> float:
    """Seconds of one journey; its end is a page with a reference."""
    start = time.perf_counter()
    browser.ask("/")
    place = browser.ask("/begin/", {})
    while not place.endswith("/check/"):
        asked = time.perf_counter()
        browser.ask(place)
        pages.append(time.perf_counter() - asked)
        place = browser.ask(place, typed(answers))
    browser.ask(place)
    confirmation = browser.ask(browser.ask(place, {}))
    assert "govuk-panel" in confirmation
    return time.perf_counter() - start


def typed(answers: Answers) -> Answers:
    """Answers as a browser sends them: a date is three fields. Those of other pages are not looked at."""
    sent: Answers = {}
    for name, value in answers.items():
        if isinstance(value, dict):
            sent |= {f"{name}_{part}": each for part, each in value.items()}
        else:
            sent[name] = value
    return sent


def health(url: str) -> Any:
    """A client that asks for the page which does nothing."""

    def work(client: int, share: Sequence[int]) -> list[float]:
        browser, times = Browser(url, client), []
        for _time in share:
            start = time.perf_counter()
            browser.ask(HEALTH)
            times.append(time.perf_counter() - start)
        return times

    return work
