"""Somebody with a browser that shows nothing: keeps cookies, fills in forms, reads the reference."""

import re
import time
from random import Random
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.referrals.writing import own_words
from tests.signing_in import codes_about_now

LETTERS = "2-9A-HJKMNP-TV-Z"
REFERENCE = re.compile(rf"(?<![\w-])[{LETTERS}]{{4}}-[{LETTERS}]{{4}}(?![\w-])")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """One browser. `asked` keeps every address it opened, `took` the time of the last request with its redirects."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.asked: list[str] = []
        self.took = 0.0
        self.page = ""
        self.path = "/"

    def twin(self) -> "Visitor":
        """The same browser with the same page open once more, for use in another thread."""
        other = Visitor(self.url)
        other.session.cookies.update(self.session.cookies)
        other.page, other.path = self.page, self.path
        return other

    def get(self, path: str) -> requests.Response:
        """Open a page."""
        return self._ask("GET", path)

    def post(self, path: str, data: dict[str, Any] | None = None, *, follow: bool = True) -> requests.Response:
        """Send a form with the token of the page that is open."""
        return self._ask("POST", path, data={**(data or {}), "csrfmiddlewaretoken": self.token()}, follow=follow)

    def token(self) -> str:
        """The token in the page that is open."""
        found = TOKEN.search(self.page)
        assert found, f"no form on {self.path}"
        return found.group(1)

    def write(self, answers: dict[str, Any]) -> str:
        """Fill in the form up to check-your-answers, and return that page's path.

        Each adds some words of its own where the answers leave that open: the same story again and again is a flood.
        """
        answers = {"complex_needs": own_words(Random()), **answers}  # protects nothing
        self.get("/")
        self.post("/begin/")
        for _page in range(20):
            if self.path.endswith("/check/"):
                return self.path
            before = self.path
            self.post(self.path, answers)
            assert self.path != before, f"{self.path} does not take the answers"
        raise AssertionError("the form has no end")

    def send(self) -> str:
        """Press Send on check-your-answers, and return the reference that is shown."""
        answer = self.post(self.path)
        assert answer.status_code == 200 and self.path.endswith("/sent/"), (answer.status_code, self.path)
        return self.reference()

    def reference(self) -> str:
        """The one reference on the page."""
        found = set(REFERENCE.findall(self.page))
        assert len(found) == 1, found
        return str(found.pop())

    def sign_in(self, email: str, password: str) -> None:
        """Sign in on the sign-in page, with a code that nobody has used yet."""
        self.get("/casework/sign-in/")
        self.post("/casework/sign-in/", {"login": email, "password": password})
        for code in codes_about_now():
            if self.path == "/casework/sign-in/code/":
                self.post(self.path, {"code": code})
        assert self.path == "/casework/", self.path

    def _ask(self, method: str, path: str, *, data: Any = None, follow: bool = True) -> requests.Response:
        start = time.monotonic()
        answer = self.session.request(
            method, f"{self.url}{path}", data=data, timeout=60, allow_redirects=follow, headers={"Referer": self.url}
        )
        self.took = time.monotonic() - start
        self.asked += [str(step.url) for step in (*answer.history, answer)]
        self.page, self.path = answer.text, urlsplit(str(answer.url)).path
        return answer
