"""After a restore from a dump everything is sealed, also what was written before anybody thought of it."""

from io import StringIO

import pytest
from django.core.management import call_command

from audit.actions.restamp_entries import restamp_entries
from audit.actions.seal_entries import CountedBack
from audit.agents import Agent
from audit.context import recording
from audit.ledger import read_payload
from audit.models import Entry, Leaf
from audit.refusals import Forbidden
from audit.sealing.verifying import verify
from audit.sealing.watching import Trouble, troubles
from tests.audit.sealing.attacks import run
from tests.audit.sealing.sealed import NOW, looked_often, seal, sealed
from tests.audit.sealing.test_attacks import as_owner


@pytest.fixture
def restored(own_database, sealer, agency):
    """A ledger whose older cluster had counted much further."""
    with recording(by=Agent.OPERATOR):
        sealed(agency, 5)
    with as_owner():
        run("UPDATE audit_seal SET horizon = horizon + 1000000")


def told():
    out = StringIO()
    call_command("audit_restored", stdout=out)
    return out.getvalue()


def all_is_sealed():
    return verify().ok and set(Leaf.objects.values_list("entry", flat=True)) == set(
        Entry.objects.values_list("id", flat=True)
    )


def test_before_the_house_starts_transactions_are_counted_on(restored, agency):
    assert told().startswith("Transactions are counted from 1")
    assert told() == "Nothing to do: transactions are counted on.\n"
    with recording(by=Agent.OPERATOR):
        sealed(agency, 3)
    assert all_is_sealed()


def test_what_was_written_between_is_sealed_and_said(restored, agency):
    with recording(by=Agent.OPERATOR):
        looked_often(times=3, agency=agency, by=Agent.OPERATOR, now=NOW)
        with pytest.raises(CountedBack):
            seal()
    between = list(Entry.objects.order_by("-id").values_list("id", flat=True)[:3])
    assert "Entries that were written before, and are sealed with the next: 3." in told()
    said = read_payload(Entry.objects.get(verb="restamp_entries"))
    assert (said["count"], said["first"], said["last"]) == (3, between[-1], between[0])
    assert told() == "Nothing to do: transactions are counted on.\n"
    with recording(by=Agent.OPERATOR):
        sealed(agency, 2)
    assert all_is_sealed()
    assert Trouble.BEHIND not in troubles(now=NOW)


def test_what_was_passed_by_once_the_house_had_counted_up_to_the_old_cluster_is_sealed_too(
    own_database, sealer, agency
):
    with recording(by=Agent.OPERATOR):
        sealed(agency, 5)
        looked_often(times=3, agency=agency, by=Agent.OPERATOR, now=NOW)
    with as_owner():
        run("UPDATE audit_entry SET stamp = 1 WHERE id IN (SELECT max(id) FROM audit_entry)")
    with recording(by=Agent.OPERATOR):
        sealed(agency, 2)
    assert not all_is_sealed()
    assert told() == "Entries that were written before, and are sealed with the next: 1.\n"
    with recording(by=Agent.OPERATOR):
        seal()
    assert all_is_sealed()


def test_a_ledger_that_was_never_sealed_needs_nothing(own_database):
    assert told() == "Nothing to do: transactions are counted on.\n"


@pytest.mark.usefixtures("db", "on_record")
def test_only_an_operator_does_this():
    with pytest.raises(Forbidden):
        restamp_entries(by=Agent.SEALER, now=NOW)
