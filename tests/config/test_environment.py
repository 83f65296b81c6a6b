"""What the environment may say, and what is refused."""

import os
import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from config.embedded import secrets
from tests.at_once import at_once


@pytest.mark.parametrize(("value", "on"), [("1", True), ("0", False), ("", False)])
def test_a_switch_is_on_or_off(value, on, monkeypatch):
    monkeypatch.setenv("SWITCH", value)
    assert environment.flag("SWITCH") is on


@pytest.mark.parametrize("value", ["yes", "true", "2"])
def test_a_switch_that_is_neither_is_refused(value, monkeypatch):
    monkeypatch.setenv("SWITCH", value)
    with pytest.raises(ImproperlyConfigured, match="SWITCH"):
        environment.flag("SWITCH")


def test_a_number_must_be_one(monkeypatch):
    assert environment.number("UNSET_NUMBER", 7) == 7
    monkeypatch.setenv("A_NUMBER", "many")
    with pytest.raises(ImproperlyConfigured, match="A_NUMBER"):
        environment.number("A_NUMBER", 7)


def test_a_list_is_separated_by_commas(monkeypatch):
    monkeypatch.setenv("HOSTS", "a.example, b.example,")
    assert environment.listed("HOSTS") == ["a.example", "b.example"]


def test_a_database_address_is_taken_apart():
    assert environment.database("postgresql://a%40b:c%2Fd@host:5433/name") == {
        "USER": "a@b",
        "PASSWORD": "c/d",
        "HOST": "host",
        "PORT": "5433",
        "NAME": "name",
    }


def test_what_a_database_address_asks_of_the_connection_is_kept():
    assert environment.database_options("postgresql://a:b@host/name?sslmode=verify-full&sslrootcert=%2Fca.pem") == {
        "sslmode": "verify-full",
        "sslrootcert": "/ca.pem",
    }
    assert environment.database_options("postgresql://a:b@host/name") == {}


def test_a_database_is_connected_as_its_address_asks():
    script = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['sslmode'])"
    told = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": "postgresql://a:b@host/name?sslmode=verify-full",
    }
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=environment.CLONE, env=told, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "verify-full"


def test_only_postgresql_is_a_database():
    with pytest.raises(ImproperlyConfigured):
        environment.database("sqlite:///file")


def test_a_missing_secret_is_named_and_its_neighbours_are_not_told(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "SECRETS", tmp_path / "secrets.env")
    (tmp_path / "secrets.env").write_text("# comment\nOTHER=hush\n")
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.secret("MISSING_SECRET")
    assert "MISSING_SECRET" in str(refusal.value)
    assert "hush" not in str(refusal.value)
    assert environment.secret("OTHER") == "hush"


def test_production_reads_no_secret_from_the_disk(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "SECRETS", tmp_path / "secrets.env")
    (tmp_path / "secrets.env").write_text("OTHER=hush\n")
    monkeypatch.setenv("PRODUCTION", "1")
    with pytest.raises(ImproperlyConfigured):
        environment.secret("OTHER")


def test_development_keys_are_made_once_and_readable_by_nobody_else(monkeypatch, tmp_path):
    for module in (environment, secrets):
        monkeypatch.setattr(module, "SECRETS", tmp_path / "secrets.env")
        monkeypatch.setattr(module, "LOCAL", tmp_path)
    secrets.make_secrets()
    made = environment.development_secrets()
    secrets.make_secrets()
    assert environment.development_secrets() == made
    assert set(made) == {
        "SECRET_KEY", "DATA_KEY_WRAPPING_KEYS", "CONTACT_CODE_KEY", "SEARCH_TERM_KEYS", "LEDGER_SIGNING_KEY",
    }  # fmt: skip
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.env"]


def test_a_key_that_is_new_is_added_for_an_older_clone_and_the_others_stay(monkeypatch, tmp_path):
    for module in (environment, secrets):
        monkeypatch.setattr(module, "SECRETS", tmp_path / "secrets.env")
        monkeypatch.setattr(module, "LOCAL", tmp_path)
    (tmp_path / "secrets.env").write_text("# comment\nSECRET_KEY=old=\nCONTACT_CODE_KEY=")
    secrets.make_secrets()
    made = environment.development_secrets()
    assert made.keys() == secrets.KEYS.keys()
    assert (made["SECRET_KEY"], made["CONTACT_CODE_KEY"]) == ("old=", "")
    assert (tmp_path / "secrets.env").read_text().startswith("# comment\nSECRET_KEY=old=\nCONTACT_CODE_KEY=\n")


def test_two_processes_at_once_make_one_set_of_keys(monkeypatch, tmp_path):
    for module in (environment, secrets):
        monkeypatch.setattr(module, "SECRETS", tmp_path / "secrets.env")
        monkeypatch.setattr(module, "LOCAL", tmp_path)
    assert at_once(*[secrets.make_secrets] * 8) == [None] * 8
    assert len((tmp_path / "secrets.env").read_text().splitlines()) == 1 + len(secrets.KEYS)


def test_a_node_may_do_without_a_secret_that_it_does_not_use(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "SECRETS", tmp_path / "secrets.env")
    (tmp_path / "secrets.env").write_text("OTHER=hush\n")
    assert environment.secret_if_told("OTHER") == "hush"
    monkeypatch.setenv("PRODUCTION", "1")
    assert environment.secret_if_told("OTHER") == ""


@pytest.mark.parametrize(
    ("url", "here"),
    [("http://127.0.0.1:8000", True), ("http://localhost", True), ("https://prevent.example", False)],
)
def test_loopback_is_told_from_the_world(url, here):
    assert environment.is_loopback(url) is here
