"""GOV.UK Notify on loopback: takes e-mails as its API does, checks the token, and can be told to refuse."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import jwt
from django.test import override_settings

from agencies.models import NoticeKind

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
TOKEN = "a-bearer-token-of-this-test"
TEMPLATES = {**{kind: str(uuid4()) for kind in NoticeKind.values}, "confirmation.cy": str(uuid4())}


class Notify:
    """What it was sent. `answer` is a status; an error says what Notify says, the address included."""

    def __init__(self) -> None:
        self.answer = 201
        self.sent: list[dict[str, Any]] = []
        self.ids: list[str] = []

    def take(self, told: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """The status and body of the answer."""
        if self.answer != 201:
            words = f"email_address {told['email_address']} is not valid"
            return self.answer, {"status_code": self.answer, "errors": [{"error": "Error", "message": words}]}
        self.sent.append(told)
        self.ids.append(str(uuid4()))
        return 201, {"id": self.ids[-1], "reference": told["reference"], "content": {}, "template": {}, "uri": ""}


class Handler(BaseHTTPRequestHandler):
    """Speaks Notify's API."""

    server: Any

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        token = self.headers["Authorization"].removeprefix("Bearer ")
        known = jwt.decode(token, SECRET, algorithms=["HS256"], leeway=30)["iss"] == SERVICE
        assert known and self.path == "/v2/notifications/email"
        status, answer = self.server.notify.take(body)
        text = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def notify() -> Iterator[Notify]:
    """Serve on loopback, and let mail go there."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made = server.notify = Notify()  # type: ignore[attr-defined]  # for the handler
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        with override_settings(
            MAIL_CHANNEL="notify",
            NOTIFY_API_KEY=f"tests-{SERVICE}-{SECRET}",
            NOTIFY_BASE_URL=f"http://127.0.0.1:{server.server_address[1]}",
            NOTIFY_TEMPLATES=TEMPLATES,
            NOTIFY_CALLBACK_TOKENS=[TOKEN, "the-one-before"],
        ):
            yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
