"""The settings as processes of their own see them."""

import base64
import os
import subprocess
import sys

import pytest

from config.environment import CLONE

PRODUCTION = {
    "PATH": os.environ["PATH"],
    "PRODUCTION": "1",
    "SECRET_KEY": "k" * 30 + "Zq8-xYw3vUt5sRr7pOn9mLl1" * 2,
    "DATA_KEY_WRAPPING_KEYS": "first:" + base64.b64encode(bytes(range(32))).decode(),
    "CONTACT_CODE_KEY": "contact-code-key-for-a-test",
    "SEARCH_TERM_KEYS": "search-term-key-for-a-test",
    "DATABASE_URL": "postgresql://app:none@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "PUBLIC_BASE_URL": "https://refer.prevent.example",
    "CASEWORK_BASE_URL": "https://casework.prevent.example",
    "ALLOWED_HOSTS": "refer.prevent.example,casework.prevent.example",
}
pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes")


def manage(*words: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in {**PRODUCTION, **changes}.items() if value is not None}
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=CLONE, env=environment, capture_output=True, text=True, check=False
    )


def test_a_production_installation_passes_every_deployment_check():
    done = manage("check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


SEALER = {
    "LEDGER_SIGNING_KEY": base64.b64encode(bytes(range(32))).decode(),
    "LEDGER_ORIGIN": "prevent.example/ledger",
    "LEDGER_CHECKPOINTS": "mailto:auditor@prevent.example",
}
BUCKET = {"LEDGER_CHECKPOINTS": "s3://evidence/ledger", "LEDGER_ACCESS_KEY": "house", "LEDGER_SECRET_KEY": "hush"}


@pytest.mark.parametrize("place", [{}, BUCKET], ids=["mailbox", "bucket"])
def test_a_node_that_seals_the_ledger_passes_them_too(place):
    done = manage("check", "--deploy", "--fail-level", "WARNING", **{**SEALER, **place})
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LEDGER_CHECKPOINTS", "", "audit.W001"),
        ("LEDGER_CHECKPOINTS", "ftp://prevent.example", "audit.E003"),
        ("LEDGER_ORIGIN", "", "audit.E001"),
        ("LEDGER_SIGNING_KEY", "short", "audit.E001"),
        ("LEDGER_PUBLIC_KEYS", "no-key", "audit.E002"),
    ],
)
def test_a_node_that_cannot_seal_as_it_should_says_so_and_starts(name, value, said):
    told = {**SEALER, name: value}
    assert manage("check", **told).returncode == 0
    done = manage("check", "--deploy", "--fail-level", "WARNING", **told)
    assert done.returncode != 0
    assert said in done.stderr


COOKIES = """
from django.conf import settings
from agencies.signin.tries import COOKIE
from referrals.views.browser import cookie_name
names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, COOKIE, cookie_name()]
print(*(name.startswith("__Host-") for name in names), settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE)
print(settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS >= 31_536_000, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS)
"""


def test_in_production_every_cookie_is_bound_to_its_host_and_nothing_goes_without_tls():
    done = manage("shell", "--verbosity=0", "-c", COOKIES)
    assert set(done.stdout.split()) == {"True"}, done.stderr


@pytest.mark.parametrize(
    "name",
    ["SECRET_KEY", "DATA_KEY_WRAPPING_KEYS", "CONTACT_CODE_KEY", "SEARCH_TERM_KEYS", "DATABASE_URL", "REDIS_URL"],
)
def test_production_without_a_secret_does_not_start(name):
    done = manage("check", **{name: None})
    assert done.returncode != 0
    assert f"{name} is not set" in done.stderr


def test_a_demonstration_that_others_can_reach_is_refused():
    done = manage("check", DEMO="1")
    assert done.returncode != 0
    assert "DEMO=1" in done.stderr


def test_an_unknown_surface_is_refused():
    assert "SURFACE must be" in manage("check", SURFACE="inside").stderr


WHERE = "from django.urls import resolve; print(resolve({!r}).view_name)"


@pytest.mark.parametrize("surface", ["public", "casework", "both"])
def test_each_surface_answers_for_its_health(surface):
    assert manage("shell", "--verbosity=0", "-c", WHERE.format("/healthz"), SURFACE=surface).stdout.strip() == "healthz"


def test_a_public_node_does_not_route_to_casework():
    done = manage("shell", "--verbosity=0", "-c", WHERE.format("/casework/"), SURFACE="public")
    assert "Resolver404" in done.stderr


def test_a_casework_node_does_not_route_to_the_form():
    done = manage("shell", "--verbosity=0", "-c", WHERE.format("/begin/"), SURFACE="casework")
    assert "Resolver404" in done.stderr


def test_the_demonstrations_pages_exist_only_in_a_demonstration():
    done = manage("shell", "--verbosity=0", "-c", WHERE.format("/demo/mail/"))
    assert "Resolver404" in done.stderr
