"""Real PostgreSQL and a real broker for every test; the application's role, never the owner's."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack

# The services must stand before pytest-django reads the settings, that is while this file is imported.
# Workers of pytest-xdist find the addresses in the environment of the process that started them.
from config.catalogue.compiling import compile_catalogues
from config.embedded.attach import services

# What is not compiled is not read: tests see the translations as they stand.
compile_catalogues()
held = ExitStack()
held.enter_context(services("tests"))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
# Queues, cache keys and files of this run. A worker of pytest-xdist reads its settings before it comes here: what it is
# called is added to this there, and its own processes are told both.
os.environ.setdefault("TEST_PREFIX", f"test-{os.getpid()}-")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's own event loop runs beside the ORM in browser tests

import django

django.setup()

import psycopg
import pytest
from django.apps import apps
from django.conf import settings as house
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker
from redis import Redis

from agencies.models import Agency, User
from audit.agents import Agent
from audit.context import Recording, recording
from referrals.models import Dispatch, Referral
from tests.database import Databases, OwnDatabase, address
from tests.live import LiveSite, serving
from tests.making import BARNSLEY, dispatch_to_authority, officer_of, submitted

pytest_plugins = ["tests.browser", "tests.scanner"]

# How fast an example is made or judged says nothing about the product: the first one waits for Hypothesis to write its
# table of all characters, which takes longer than its health check allows on a machine that is busy.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_unconfigure() -> None:
    """Stop the services, unless another run uses them, and delete the files that tests have uploaded."""
    held.close()
    shutil.rmtree(house.DOCUMENTS_FOLDER, ignore_errors=True)
    shutil.rmtree(f"{house.DOCUMENTS_FOLDER}-checkpoints", ignore_errors=True)


BROKER = Redis.from_url(str(house.CACHES["default"]["LOCATION"]), socket_timeout=5)


@pytest.fixture(autouse=True)
def nobody_has_done_too_much() -> None:
    """All tests come from one address: what those before have done counts against none of the next."""
    kept = f"{house.CACHES['default'].get('KEY_PREFIX', '')}limit:*"
    for name in list(BROKER.scan_iter(kept, count=1_000)):
        BROKER.delete(name)


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The template and its clones."""
    made = Databases(os.environ["MIGRATION_DATABASE_URL"])
    try:
        made.open()
        yield made
    finally:
        made.close()


@pytest.fixture(scope="session")
def django_db_setup(databases: Databases, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One clone for each test process; tests that use `db` roll back."""
    name = databases.clone()
    connection.settings_dict["NAME"] = name
    with django_db_blocker.unblock():
        # A process asks once which model is which, and remembers: no test that counts statements is the first to ask.
        ContentType.objects.get_for_models(*apps.get_models())
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    databases.drop(name)


@pytest.fixture
def transactional_db() -> None:
    """Refuse: flushing needs TRUNCATE, which the application's role has not."""
    pytest.fail("Use the fixture own_database: it clones a database for the test and drops it.")


@pytest.fixture
def own_database(
    databases: Databases, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[OwnDatabase]:
    """A database for this test alone, for threads, processes and browsers: commits stay to its end."""
    name, before = databases.clone(), connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connections.close_all()
        connection.settings_dict["NAME"] = name
        try:
            yield OwnDatabase(name)
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = before
    databases.drop(name)


@pytest.fixture
def owner(db: None) -> Iterator[psycopg.Connection]:
    """A connection as the owner to the database under test, outside the test's transaction."""
    name = str(connection.settings_dict["NAME"])
    with psycopg.connect(address(os.environ["MIGRATION_DATABASE_URL"], name)) as made:
        yield made


@pytest.fixture
def site(own_database: OwnDatabase) -> Iterator[LiveSite]:
    """The house served over HTTP from a thread of this process, on a database of its own."""
    with serving() as live:
        yield live


@pytest.fixture
def on_record() -> Iterator[Recording]:
    """An audit context, as a request has one."""
    with recording(by=Agent.OPERATOR) as present:
        yield present


@pytest.fixture
def council() -> Agency:
    """Barnsley's: an authority that receives the teacher's referral. Whoever asks for any of these needs a database."""
    return Agency.objects.get(code=BARNSLEY)


@pytest.fixture
def officer(council: Agency) -> User:
    """Somebody who works the council's referrals, whatever it has."""
    return officer_of(council)


@pytest.fixture
def referral() -> Referral:
    """The teacher's, just sent."""
    return submitted()


@pytest.fixture
def dispatch(referral: Referral) -> Dispatch:
    """How the council has it."""
    return dispatch_to_authority(referral)


@pytest.fixture
def lead(dispatch: Dispatch) -> User:
    """Somebody who works it there."""
    return officer_of(dispatch.agency)


@pytest.fixture(scope="session")
def base_url() -> None:
    """Nothing: tests say where they go. The plugin's own fixture of this name is one that pytest warns of."""
