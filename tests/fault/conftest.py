"""The house in real processes: one for all fault tests of a test process, mended before each."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from agencies.actions.set_mailboxes import set_mailboxes
from agencies.models import Agency, Notice
from audit.agents import Agent
from audit.context import recording
from audit.models import Handling
from tests.database import Databases, environment
from tests.house.shadow import differences
from tests.processes import ALL, House, until

POLICE, AUTHORITY = "ctp-north-east", "E08000038"
MAILBOXES = {POLICE: "duty@ctp-north-east.example", AUTHORITY: "prevent@barnsley.example"}


@pytest.fixture(scope="session")
def standing(
    databases: Databases,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[House, str]]:
    """A house and the name of its database."""
    name = databases.clone()
    house = House(tmp_path_factory.mktemp("house"), environment(name))
    try:
        with django_db_blocker.unblock(), connected(NAME=name):
            give_mailboxes()
        house.start(*ALL)
        yield house, name
        house.end(*house.running)
        with django_db_blocker.unblock(), connected(NAME=name):
            assert differences() == [], "whatever was killed, ledger and history tell the same"
    finally:
        house.close()
        databases.drop(name)


@pytest.fixture
def house(standing: tuple[House, str], django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Everything runs, both agencies of the teacher's referral have a mailbox, and the test sees the database."""
    made, name = standing
    made.restore()
    with django_db_blocker.unblock(), connected(NAME=name):
        until(settled, "what earlier tests have left is done", within=60)
        yield made


def settled() -> bool:
    """Whether nothing waits to be done."""
    return not any(model._default_manager.filter(done=None).exists() for model in (Handling, Notice))


@contextmanager
def connected(**to: str) -> Iterator[None]:
    """Connect this process to another database meanwhile."""
    before = {key: connection.settings_dict[key] for key in to}
    connections.close_all()
    connection.settings_dict.update(to)
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(before)


def give_mailboxes() -> None:
    """Both agencies of the teacher's referral hear of it by e-mail."""
    with recording(by=Agent.OPERATOR):
        for agency in Agency.objects.filter(code__in=MAILBOXES):
            address = MAILBOXES[agency.code]
            set_mailboxes(agency_id=agency.pk, email=address, duty_email="", by=Agent.OPERATOR, now=timezone.now())
