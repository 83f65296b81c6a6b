"""Only whoever seals the ledger has the key that signs; whoever checks needs no more than public ones."""

import base64
import os

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from audit.sealing.keys import signer, verifiers
from audit.sealing.note import Checkpoint, NotSigned, Signer, open_checkpoint
from tests.audit.sealing.trees import ROOTS

ORIGIN = "prevent.example/ledger"


def key():
    return base64.b64encode(os.urandom(32)).decode()


@pytest.fixture(autouse=True)
def sealer(settings):
    settings.LEDGER_ORIGIN, settings.LEDGER_SIGNING_KEY, settings.LEDGER_PUBLIC_KEYS = ORIGIN, key(), []
    return settings


def test_what_the_house_signs_it_believes():
    checkpoint = Checkpoint(ORIGIN, 3, ROOTS[3])
    assert open_checkpoint(signer().sign(checkpoint), verifiers()) == checkpoint


def test_under_a_new_key_the_checkpoints_of_the_old_one_hold_if_it_is_named(sealer):
    old = Signer(ORIGIN, key())
    note = old.sign(Checkpoint(ORIGIN, 3, ROOTS[3]))
    with pytest.raises(NotSigned):
        open_checkpoint(note, verifiers())
    sealer.LEDGER_PUBLIC_KEYS = [old.verifier_key]
    assert open_checkpoint(note, verifiers()).size == 3


def test_whoever_only_checks_needs_no_key_that_signs(sealer):
    public = signer().verifier_key
    sealer.LEDGER_SIGNING_KEY, sealer.LEDGER_ORIGIN, sealer.LEDGER_PUBLIC_KEYS = "", "", [public]
    assert [verifier.name for verifier in verifiers()] == [ORIGIN]


@pytest.mark.parametrize("name", ["LEDGER_SIGNING_KEY", "LEDGER_ORIGIN"])
def test_whoever_seals_without_a_key_or_a_name_is_told_which(name, sealer):
    setattr(sealer, name, "")
    with pytest.raises(ImproperlyConfigured, match=f"{name} is not set"):
        signer()


@pytest.mark.parametrize(
    ("name", "value"),
    [("LEDGER_SIGNING_KEY", "hush-hush"), ("LEDGER_ORIGIN", "two words"), ("LEDGER_PUBLIC_KEYS", ["a+b+c"])],
)
def test_a_key_that_cannot_be_read_is_refused_and_not_told(name, value, sealer):
    setattr(sealer, name, value)
    with pytest.raises(ImproperlyConfigured, match=name) as refusal:
        verifiers()
    assert "hush" not in str(refusal.value)


def test_the_public_key_is_printed_for_others(capsys, sealer):
    call_command("audit_public_key")
    assert capsys.readouterr().out == f"{signer().verifier_key}\n"
    sealer.LEDGER_SIGNING_KEY = ""
    with pytest.raises(CommandError, match="LEDGER_SIGNING_KEY is not set"):
        call_command("audit_public_key")
