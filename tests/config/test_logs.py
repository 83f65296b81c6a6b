"""Logs hold ids and kinds: never names, never an address with its query string."""

import json
import logging
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client, override_settings

from config.environment import CLONE
from config.logs import without_values

SCRIPT = """
import logging, os, structlog
from config.logs import configure
configure(level="INFO", form="json")
structlog.contextvars.bind_contextvars(request_id="r1")
def fail(name):
    raise ValueError(f"Key (name)=({name}) already exists")
try:
    fail("Mallory Example")
except ValueError as error:
    structlog.get_logger("ours").error("failed", exc_info=True)
    logging.getLogger("theirs").exception("it failed: %s", error)
logging.getLogger("django.request").warning("Not Found: /refer/secret-id/?name=Mallory")
logging.getLogger("celery.app.trace").info("Task done with args Mallory")
"""


def lines() -> list[dict[str, Any]]:
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=CLONE, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "Mallory" not in done.stdout
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_an_exception_is_logged_by_kind_and_place_without_what_it_says():
    ours, theirs = lines()
    for line in (ours, theirs):
        assert line["error"] == "builtins.ValueError"
        assert line["at"][-1].endswith(" fail")
        assert line["request_id"] == "r1"
        assert line["level"] == "error"
    assert theirs["event"] == "it failed: %s"


def test_an_exception_given_as_such_is_told_the_same_way():
    assert without_values(None, "error", {"exc_info": KeyError("Mallory")}) == {
        "error": "builtins.KeyError",
        "at": [],
    }


def test_a_task_that_fails_is_logged_without_what_its_exception_says():
    script = """
import config.celery
from celery.app.trace import build_tracer
from config.logs import configure
configure(level="INFO", form="json")
@config.celery.app.task(name="failing")
def failing():
    raise ValueError("Key (name)=(Mallory Example)")
build_tracer("failing", failing, app=config.celery.app)("1", (), {}, {})
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=CLONE, capture_output=True, text=True, check=True)
    assert "Mallory" not in done.stdout + done.stderr
    line = json.loads(done.stdout.splitlines()[-1])
    assert line["error"] == "builtins.ValueError"
    assert line["at"][-1].endswith(" failing")


@pytest.mark.django_db
def test_a_request_is_logged_by_the_name_of_its_page(client: Client, caplog):
    with caplog.at_level(logging.INFO, logger="request"):
        client.get("/?name=Mallory")
        client.get("/no-such-page/Mallory/")
        client.get("/healthz")
    told = [record.msg for record in caplog.records if record.name == "request"]
    assert [line["status"] for line in told] == [200, 404]
    assert told[1]["page"] == "unrouted"
    assert "Mallory" not in str(told)


@pytest.mark.django_db
def test_every_answer_names_its_request_anew(client: Client):
    with override_settings():
        first, second = client.get("/healthz"), client.get("/healthz", headers={"X-Request-ID": "mine"})
    assert first["X-Request-ID"] != second["X-Request-ID"]
    assert second["X-Request-ID"] != "mine"
