"""How the web is served."""

import socket
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import InvalidRequestLine
from gunicorn.workers.base import Worker

from config import gunicorn
from config.gunicorn_log import Log


@pytest.mark.parametrize(
    ("address", "fine"), [("127.0.0.1:8000", True), ("[::1]:8000", True), ("0.0.0.0:8000", False), (":8000", False)]
)
def test_a_demonstration_listens_to_this_machine_alone(address, fine, monkeypatch):
    server = SimpleNamespace(cfg=SimpleNamespace(bind=[address]))
    monkeypatch.setenv("DEMO", "1")
    if fine:
        gunicorn.on_starting(server)
    else:
        with pytest.raises(RuntimeError, match="DEMO=1"):
            gunicorn.on_starting(server)
    monkeypatch.setenv("DEMO", "0")
    gunicorn.on_starting(server)


def test_nobody_steers_a_running_server_and_no_address_is_logged():
    assert gunicorn.control_socket_disable is True
    assert gunicorn.accesslog is None
    assert gunicorn.logger_class == f"{Log.__module__}.{Log.__qualname__}"


@pytest.fixture
def log(caplog):
    made = Log(Config())
    made.error_log.addHandler(caplog.handler)
    return made


def test_what_is_no_request_is_not_quoted(log, caplog):
    server: Any = SimpleNamespace(log=log, cfg=Config(), alive=True, wsgi=None)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        Worker.handle_error(server, None, ours, ("192.0.2.7", 40000), InvalidRequestLine("GET /refer/of-whom/"))
    assert "Invalid request" in caplog.text
    assert "of-whom" not in caplog.text
    assert "192.0.2.7" not in caplog.text


def test_of_a_fault_the_kind_is_named_and_nothing_of_the_request(log, caplog):
    try:
        raise ValueError("whose name it is")
    except ValueError:
        log.exception("Error handling request %s %s", "GET", "/refer/of-whom/")
    assert "Error handling request: ValueError" in caplog.text
    assert "of-whom" not in caplog.text
    assert "whose name" not in caplog.text


def test_other_lines_of_gunicorn_stay_as_they_are(log, caplog):
    log.warning("Worker with pid %s was terminated", 7)
    log.exception("Unhandled exception in main loop")
    assert "Worker with pid 7 was terminated" in caplog.text
    assert "Unhandled exception in main loop: " in caplog.text
