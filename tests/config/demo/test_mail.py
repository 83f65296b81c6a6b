"""The demonstration's mail: caught over real SMTP, shown on this machine only."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client, override_settings
from django.urls import include, path

from config.demo import mail as caught_mail
from config.embedded.ports import free_port
from config.environment import CLONE
from config.urls import both, handler400, handler403, handler404, handler500
from tests.components.axe import faults

__all__ = ["handler400", "handler403", "handler404", "handler500"]
urlpatterns = [path("demo/", include("config.demo.urls")), *both.urlpatterns]
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAIL_FOLDER", str(tmp_path / "mail"))
    return tmp_path / "mail"


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    """A catcher in a process of its own."""
    number = free_port()
    catcher = subprocess.Popen(
        [sys.executable, "-m", "config.demo.mail_catcher"], cwd=CLONE, env={**os.environ, "EMAIL_PORT": str(number)}
    )
    deadline = time.monotonic() + 20
    while not folder.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.2)
    yield number
    catcher.terminate()
    assert catcher.wait(10) == 0


@pytest.fixture
def demonstration() -> Iterator[Client]:
    with override_settings(DEMO=True, ROOT_URLCONF=__name__):
        yield Client()


def test_mail_is_caught_and_shown(port, folder, demonstration):
    with get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=port) as smtp:
        EmailMessage("Cyfeirnod ŵ", "See http://127.0.0.1/one", to=["duty@force.example"], connection=smtp).send()
        EmailMessage("Second", "Two", to=["lead@council.example"], connection=smtp).send()
    mails = caught_mail.caught()
    assert {mail.subject for mail in mails} == {"Cyfeirnod ŵ", "Second"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.glob("*.eml"))
    listed = demonstration.get("/demo/mail/").content.decode()
    assert "Cyfeirnod ŵ" in listed
    assert "lead@council.example" in listed
    first = next(mail for mail in mails if mail.to == "duty@force.example")
    shown = demonstration.get(f"/demo/mail/{first.id}/").content.decode()
    assert 'href="http://127.0.0.1/one"' in shown


@pytest.mark.browser
def test_long_addresses_do_not_make_the_page_scroll_sideways(folder, demonstration, page):
    folder.mkdir()
    for number in (1, 2):
        mail = EmailMessage(
            f"A new referral {number}, of which the subject goes on",
            f"See http://127.0.0.1:8000/saved/{'a1B2c3D4' * 12}/",
            to=[f"prevent-referrals-duty-{number}@counter-terrorism-policing-north-east.example"],
        )
        (folder / f"{uuid4()}.eml").write_bytes(mail.message().as_bytes())
    found = faults(page, demonstration.get("/demo/mail/"), "mail-list")
    assert found + faults(page, demonstration.get(f"/demo/mail/{caught_mail.caught()[0].id}/"), "mail") == []


def test_no_mail_yet_is_said(folder, demonstration):
    assert "No mail yet" in demonstration.get("/demo/mail/").content.decode()


@pytest.mark.parametrize("address", ["/demo/mail/", "/demo/mail/00000000-0000-0000-0000-000000000000/"])
def test_mail_is_shown_to_this_machine_alone(folder, demonstration, address):
    assert demonstration.get(address, REMOTE_ADDR="192.0.2.1").status_code == 404


def test_mail_that_is_not_there_is_not_found(folder, demonstration):
    assert demonstration.get("/demo/mail/00000000-0000-0000-0000-000000000000/").status_code == 404


def test_outside_a_demonstration_no_mail_is_shown(folder):
    with override_settings(DEMO=False, ROOT_URLCONF=__name__):
        assert Client().get("/demo/mail/").status_code == 404
