"""`manage.py check --deploy` says in time that the ledger could not be sealed (also: tests/config/test_settings.py)."""

import base64

import pytest

from audit.checks import the_ledger_can_be_sealed


@pytest.fixture(autouse=True)
def sealer(settings):
    settings.LEDGER_ORIGIN = "prevent.example/ledger"
    settings.LEDGER_SIGNING_KEY = base64.b64encode(bytes(range(32))).decode()
    settings.LEDGER_PUBLIC_KEYS = []
    settings.LEDGER_CHECKPOINTS = "file:///mnt/auditor/prevent"
    return settings


def said():
    return [message.id for message in the_ledger_can_be_sealed()]


def test_whoever_has_all_that_sealing_needs_is_told_nothing():
    assert said() == []


def test_a_node_that_does_not_seal_is_told_nothing(sealer):
    sealer.LEDGER_SIGNING_KEY = sealer.LEDGER_ORIGIN = sealer.LEDGER_CHECKPOINTS = ""
    assert said() == []


@pytest.mark.parametrize(
    ("name", "value", "ids"),
    [
        ("LEDGER_CHECKPOINTS", "", ["audit.W001"]),
        ("LEDGER_CHECKPOINTS", "ftp://prevent.example", ["audit.E003"]),
        ("LEDGER_PUBLIC_KEYS", ["no-key"], ["audit.E002"]),
        ("LEDGER_SIGNING_KEY", "short", ["audit.E001", "audit.E002"]),
        ("LEDGER_ORIGIN", "", ["audit.E001", "audit.E002"]),
    ],
)
def test_what_is_missing_or_cannot_be_used_is_said_at_a_deployment(name, value, ids, sealer):
    setattr(sealer, name, value)
    assert said() == ids
