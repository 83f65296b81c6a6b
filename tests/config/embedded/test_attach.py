"""When a process gets services of ours, and when it must not."""

import os

import pytest

from config.embedded import attach

URLS = ("DATABASE_URL", "MIGRATION_DATABASE_URL", "REDIS_URL", "EMBEDDED_DATABASE")


@pytest.fixture
def bare(monkeypatch):
    """An environment that names no services."""
    for name in URLS:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("words", [["help"], ["check"], [], ["migrate", "--help"], ["--version"], ["makemessages"]])
def test_a_command_that_needs_no_database_starts_none(bare, words):
    with attach.attached(["manage.py", *words]):
        assert "DATABASE_URL" not in os.environ


def test_production_starts_nothing_and_makes_no_secret(bare, monkeypatch, tmp_path):
    monkeypatch.setenv("PRODUCTION", "1")
    monkeypatch.setattr("config.embedded.secrets.SECRETS", tmp_path / "secrets.env")
    with attach.attached(["manage.py", "migrate"]):
        assert "DATABASE_URL" not in os.environ
    assert not list(tmp_path.iterdir())


def test_services_named_by_the_environment_are_used_and_ours_stay_down(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://theirs/db")
    monkeypatch.setenv("REDIS_URL", "redis://theirs/0")
    with attach.attached(["manage.py", "migrate"]):
        assert os.environ["DATABASE_URL"] == "postgresql://theirs/db"


def test_a_command_on_a_bare_machine_gets_services_and_leaves_none(bare):
    with attach.services("tests"):
        assert os.environ["DATABASE_URL"].startswith("postgresql://prevent_app:")
        assert os.environ["MIGRATION_DATABASE_URL"].startswith("postgresql://prevent_owner:")
        assert os.environ["EMBEDDED_DATABASE"] == "1"
    assert not any(name in os.environ for name in URLS)
