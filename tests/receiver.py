"""A partner's receiving system on loopback: real HTTP, verifies signatures, keeps one row for each event id."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.test import override_settings
from standardwebhooks import Webhook, WebhookVerificationError


class Receiver:
    """What arrived, in the order of arrival, and what was made of it: one subject for each event id.

    `answer` is the status to give, or a word: "hang" keeps the event and answers nothing, "drip" sends a byte now
    and then, "drop" closes without a word.
    """

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.server = server
        self.answer: int | str = 200
        self.headers: dict[str, str] = {}
        self.secret = ""
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.events: dict[str, dict[str, Any]] = {}
        self.refused = 0
        self.closing = threading.Event()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server.server_address[1])

    @property
    def url(self) -> str:
        """What an administrator would enter."""
        return f"http://127.0.0.1:{self.port}/events"

    def take(self, headers: dict[str, str], body: bytes) -> None:
        """Verify and keep, as a partner would: a repeat of an event id changes nothing."""
        self.calls.append((headers, body))
        try:
            event = Webhook(self.secret).verify(body, headers) if self.secret else json.loads(body)
        except WebhookVerificationError:
            self.refused += 1
            return
        assert event["id"] == headers["webhook-id"]
        self.events.setdefault(event["id"], event)


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP for a Receiver."""

    protocol_version = "HTTP/1.1"
    server: Any

    def do_POST(self) -> None:
        receiver: Receiver = self.server.receiver
        body = self.rfile.read(int(self.headers["Content-Length"]))
        receiver.take({name.lower(): value for name, value in self.headers.items()}, body)
        if receiver.answer == "hang":
            receiver.closing.wait(60)
        elif receiver.answer == "drip":
            self.drip(receiver)
        elif receiver.answer != "drop":
            self.send_response(int(receiver.answer))
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            text = b"thanks, Tomasz"
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
        self.close_connection = True

    def drip(self, receiver: Receiver) -> None:
        """A header that never ends."""
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not receiver.closing.wait(0.2):
                self.wfile.write(b"x")
        except OSError:
            return

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Threads that end with the test."""

    daemon_threads = True
    block_on_close = False
    receiver: Receiver

    def handle_error(self, *_: Any) -> None:
        """A caller that hung up is no news."""


@contextmanager
def receiving(port: int = 0) -> Iterator[Receiver]:
    """Serve on loopback, and let the settings of this process allow calling there."""
    server = Server(("127.0.0.1", port), Handler)
    receiver = server.receiver = Receiver(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        with override_settings(**allowing(receiver.port)):
            yield receiver
    finally:
        receiver.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def allowing(*ports: int) -> dict[str, Any]:
    """Settings under which loopback may be called by plain http at some ports."""
    return {
        "WEBHOOK_ALLOWED_NETWORKS": ["127.0.0.0/8", "::1/128"],
        "WEBHOOK_SCHEMES": ["http", "https"],
        "WEBHOOK_PORTS": [443, *ports],
        "WEBHOOK_SECONDS": 2,
    }


@contextmanager
def nobody_answers(port: int = 0) -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", port))
        listening.listen(1)
        yield int(listening.getsockname()[1])
