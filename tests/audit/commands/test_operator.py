"""An operator says why a command is run, and the ledger keeps it beside all that the command did."""

from io import StringIO

import pytest
from django.core.management import call_command, get_commands, load_command_class

from audit.ledger import read_payload
from audit.management.operator import OperatorCommand
from audit.models import Entry

pytestmark = pytest.mark.django_db
WHY = "Asked for by the head of unit,\non paper"


def set_mailboxes(**options: str) -> list[Entry]:
    """The entries of one run of a command."""
    before = Entry.objects.count()
    call_command("set_mailboxes", "E08000035", email="prevent@leeds.example", stdout=StringIO(), **options)
    return list(Entry.objects.order_by("pk")[before:])


def test_every_entry_of_a_command_holds_the_reason_that_was_given() -> None:
    entries = set_mailboxes(reason=f"  {WHY} ")
    assert entries and all(read_payload(entry)["reason"] == WHY for entry in entries)


def test_without_a_reason_nothing_is_said_of_one() -> None:
    assert not any("reason" in read_payload(entry) for entry in set_mailboxes())


def test_a_reason_stands_before_the_arguments_of_every_command_that_writes() -> None:
    ours = {name: load_command_class(app, name) for name, app in get_commands().items() if app in {"agencies", "audit"}}
    writing = {name: each for name, each in ours.items() if isinstance(each, OperatorCommand)}
    assert len(writing) >= 11
    for name, command in writing.items():
        assert "--reason" in command.create_parser("manage.py", name).format_usage()
