"""Whoever owns the database and changes what was sealed is found out, and where."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from django.db import transaction

from agencies.models import Agency
from audit.access import looked
from audit.agents import Agent
from audit.context import recording
from audit.models import Entry, Seal
from audit.redaction import redact_person
from audit.sealing import reading
from audit.sealing.keys import verifiers
from audit.sealing.note import Checkpoint, open_checkpoint
from audit.sealing.verifying import Report, verify
from tests.audit.acts import within
from tests.audit.sealing.attacks import Attack, Hit, attacks, run
from tests.audit.sealing.owning import as_owner
from tests.audit.sealing.sealed import NOW, seal, sealed
from tests.audit.sealing.stray_attacks import stray_attacks
from tests.making import BARNSLEY, submitted

KINDS = dict([*attacks(), *stray_attacks()])


@contextmanager
def undone() -> Iterator[None]:
    """What was done to the database is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def is_named(report: Report, hit: Hit) -> bool:
    """Whether a fault says where the attack was: there exactly, or that from there on something is another."""
    return any(
        fault.position == hit.position
        or fault.entry == hit.entry
        or (hit.from_there and fault.position is not None and fault.position <= hit.position)
        for fault in report.faults
    )


def attacked(attack: Attack, known: list[Checkpoint], chance: random.Random) -> tuple[Hit, Report]:
    """What an attack did, and what a verification said then that knows the checkpoints of before."""
    with undone():
        return attack(chance), verify(known)


@pytest.fixture
def ledger(own_database, sealer) -> Iterator[list[Checkpoint]]:
    """A copy of a ledger that was sealed thrice, in the hands of its owner; the checkpoints, from elsewhere."""
    with recording(by=Agent.OPERATOR), as_owner():
        sealed(Agency.objects.get(code=BARNSLEY), 40, 300, 30)
        yield [open_checkpoint(seal.checkpoint, verifiers()) for seal in Seal.objects.all()]


def test_every_kind_of_attack_is_found_and_named(ledger):
    chance = random.Random(4)
    for name, attack in KINDS.items():
        hit, report = attacked(attack, ledger, chance)
        assert is_named(report, hit), (name, hit, report.faults[:3])
    assert verify(ledger).ok


def test_whoever_recomputes_every_hash_is_found_by_the_signatures_where_nothing_lies_elsewhere(ledger):
    chance = random.Random(5)
    with undone():
        KINDS["entry's actor, recomputed"](chance)
        assert "No key that is known here" in verify().faults[0].what
        assert verify(keys=[]).ok
        assert not verify(keys=[]).opened


def test_a_redaction_that_comes_and_is_sealed_while_somebody_verifies_is_no_fault(ledger, monkeypatch):
    referral = submitted()
    seal()
    monkeypatch.setattr(reading, "BATCH", 10)
    told: list[int] = []

    def progress(done: int) -> None:
        if not told:
            within(do=partial(redact_person, referral.person_id), by=Agent.OPERATOR, now=NOW)
            seal()
        told.append(done)

    assert verify(ledger, progress=progress).faults == []
    assert verify(ledger).redacted > 0


def test_a_redaction_explains_nothing_that_is_gone_since(ledger):
    with undone():
        referral = submitted()
        within(do=partial(redact_person, referral.person_id), by=Agent.OPERATOR, now=NOW)
        looked(kind=Entry.Kind.VIEWED, at_object=referral, by=Agent.OPERATOR, now=NOW)
        seal()
        assert verify().ok
        run("DELETE FROM audit_payload WHERE key_of = %s", referral.person_id)
        (fault,) = verify().faults
        assert "no redaction says why" in fault.what


@pytest.mark.full
def test_a_thousand_random_attacks_are_found_and_named(ledger):
    chance = random.Random()
    for _ in range(1000):
        name = chance.choice(list(KINDS))
        hit, report = attacked(KINDS[name], ledger, chance)
        assert is_named(report, hit), (name, hit, report.faults[:3])
    assert verify(ledger).ok
