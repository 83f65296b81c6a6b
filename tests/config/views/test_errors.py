"""The error pages: honest, and of use when everything else has failed."""

import os
import re
import subprocess
import sys

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from config.environment import CLONE
from config.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]

FAULTS: dict[str, Exception] = {
    "suspicious": SuspiciousOperation("Mallory"),
    "denied": PermissionDenied("Mallory"),
    "broken": ValueError("Mallory"),
    "outage": OperationalError("Mallory"),
    "closed": InterfaceError("Mallory"),
}


def fail(request: HttpRequest, fault: str) -> HttpResponse:
    raise FAULTS[fault]


fail.access = "public"  # type: ignore[attr-defined]
urlpatterns = [path("fail/<slug:fault>/", fail)]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("fault", "status"), [("suspicious", 400), ("denied", 403), ("broken", 500), ("outage", 503), ("closed", 503)]
)
def test_a_fault_is_answered_with_a_page_of_our_own_that_tells_nothing(visitor, fault, status):
    # No django_db mark: an error page that asked the database would fail here.
    with override_settings(ROOT_URLCONF=__name__):
        answer = visitor.get(f"/fail/{fault}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert page.count("<h1") == 1
    assert "Mallory" not in page
    assert "Traceback" not in page


def test_an_outage_says_that_nothing_was_sent_and_when_to_come_back(visitor):
    with override_settings(ROOT_URLCONF=__name__):
        answer = visitor.get("/fail/outage/")
    assert "do not count on your referral having been sent" in answer.content.decode()
    assert answer["Retry-After"] == "60"


def test_an_unknown_address_has_a_page_of_our_own(visitor):
    answer = visitor.get("/no-such-page/")
    assert answer.status_code == 404
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize(
    ("surface", "address", "home", "name"),
    [
        ("both", "/no-such-page/", "/", "Refer someone to Prevent"),
        ("both", "/casework/no-such-page/", "/casework/", "Prevent casework"),
        ("casework", "/no-such-page/", "/casework/", "Prevent casework"),
        ("public", "/casework/no-such-page/", "/", "Refer someone to Prevent"),
    ],
)
def test_an_error_page_leads_home_to_the_service_that_was_asked(visitor, surface, address, home, name):
    with override_settings(SURFACE=surface, ROOT_URLCONF=f"config.urls.{surface}"):
        page = visitor.get(address).content.decode()
    assert re.search(rf" - {name}\s*</title>", page)
    assert re.findall(r'href="(/|/casework/)"', page) == [home, home]


def test_the_shortest_address_of_the_casework_surface_leads_to_casework(visitor):
    with override_settings(SURFACE="casework", ROOT_URLCONF="config.urls.casework"):
        assert visitor.get("/")["Location"] == "/casework/"


def test_a_form_from_elsewhere_is_refused_with_a_page_of_our_own():
    with override_settings(ROOT_URLCONF=__name__):
        answer = Client(enforce_csrf_checks=True).post("/fail/broken/")
    assert answer.status_code == 403
    assert answer.content.decode().count("<h1") == 1


WITHOUT_A_DATABASE = """
import django; django.setup()
from django.test import Client
client = Client(raise_request_exception=False, headers={"host": "127.0.0.1"}, cookies=None)
client.cookies["session"] = "a" * 32
for address in ("/healthz", "/readyz", "/casework/", "/no-such-page/"):
    answer = client.get(address)
    print(address, answer.status_code, answer.content.decode().count("do not count on your referral having been sent"))
"""


def test_without_a_database_the_process_lives_is_not_ready_and_casework_says_so():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_A_DATABASE],
        cwd=CLONE,
        env={
            **os.environ,
            "DATABASE_URL": "postgresql://nobody:none@127.0.0.1:1/none",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stdout.splitlines() if line.startswith("/")]
    assert told == ["/healthz 200 0", "/readyz 503 0", "/casework/ 503 1", "/no-such-page/ 404 0"], done.stderr
