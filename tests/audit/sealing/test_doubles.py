"""Two entries of one number, which nobody but the owner of the database can have made."""

import pytest
from django.db import connection

from audit.agents import Agent
from audit.models import Entry, Leaf
from audit.sealing.subtrees import Subtrees
from audit.sealing.verifying import verify
from tests.audit.sealing.owning import as_owner
from tests.audit.sealing.sealed import NOW, looked_often, seal, sealed

pytestmark = pytest.mark.usefixtures("own_database", "on_record", "sealer")
ADDED = (
    "INSERT INTO audit_entry (id, at, kind, verb, actor, object_type, correlation) SELECT %s, {at}, kind, verb,"
    " gen_random_uuid(), object_type, correlation FROM audit_entry WHERE id = %s"
)


def add(number: int, *, like: int, at: str = "at + interval '1 microsecond'") -> None:
    """An entry of a number of the owner's choice: the application cannot say one."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(ADDED.format(at=at), [number, like])


def test_an_entry_with_the_last_number_there_is_is_read_too(agency):
    sealed(agency, 1)
    add(2**63 - 1, like=Leaf.objects.latest("position").entry)
    assert verify().waiting == 1


def test_of_several_entries_of_one_number_one_is_sealed_and_the_others_are_shouted_of(agency, caplog):
    sealed(agency, 1)
    looked_often(times=1, agency=agency, by=Agent.OPERATOR, now=NOW)
    new = Entry.objects.latest("id").pk
    add(new, like=new)
    assert (seal(), seal()) == (1, 0)
    assert "entry_with_another_time_than_was_sealed" in caplog.text
    assert f"'id': '{new}'" in caplog.text
    assert {fault.entry for fault in verify().faults} == {new}


def test_subtrees_that_were_sealed_while_the_leaves_went_by_are_no_fault(agency):
    sealed(agency, 300)
    assert list(Subtrees().faults()) == []
