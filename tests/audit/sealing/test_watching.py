"""Whoever asks from outside hears that the sealer is silent, also when everybody inside is."""

from datetime import timedelta

import pytest

from audit.agents import Agent
from audit.context import recording
from audit.sealing import watching
from audit.sealing.watching import BEHIND, Trouble, troubles
from tests.audit.sealing.attacks import run
from tests.audit.sealing.sealed import NOW, looked_often, sealed
from tests.audit.sealing.test_attacks import as_owner


def test_nothing_waits_in_an_empty_ledger(own_database, sealer, agency):
    with recording(by=Agent.OPERATOR), as_owner():
        sealed(agency, 3)
        run("DELETE FROM audit_payload")
        run("DELETE FROM audit_entry")
        assert Trouble.BEHIND not in troubles(now=NOW)


@pytest.mark.usefixtures("on_record", "sealer")
def test_whether_it_is_ready_says_whether_the_ledger_is_sealed(db, agency, client, monkeypatch):
    sealed(agency, 3)
    assert client.get("/readyz").json() == {"status": "ok", "database": "ok", "ledger": "ok"}
    looked_often(times=1, agency=agency, by=Agent.OPERATOR, now=NOW)
    monkeypatch.setattr(watching, "BEHIND", -BEHIND + timedelta(seconds=1))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok", "ledger": "behind"})
