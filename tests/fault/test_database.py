"""PostgreSQL stops or is killed: an honest page and no reference; what was acknowledged is there afterwards."""

import fcntl
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from config.embedded.instance import Instance
from config.embedded.postgres import Cluster
from config.environment import LOCAL
from config.environment import database as taken_apart
from people.models import Person
from referrals.models import Dispatch, Referral
from tests.database import Databases, address
from tests.fault.conftest import connected, give_mailboxes
from tests.fault.visitor import REFERENCE, Visitor
from tests.making import TEACHER
from tests.processes import House

pytestmark = pytest.mark.fault

UNAVAILABLE = "Sorry, the service is not available"


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A cluster that this test may kill: as in life it flushes to disk. One test at a time has it."""
    with (LOCAL / "faults.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        yield Instance("faults").cluster


@pytest.fixture
def house(
    cluster: Cluster,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[House]:
    """A web on a database of that cluster. Mail waits: there is neither worker nor beat."""
    with Instance("faults").held(broker=False) as services:
        for name, value in services.items():
            monkeypatch.setenv(name, value)
        databases = Databases(services["MIGRATION_DATABASE_URL"])
        databases.open()
        name = databases.clone()
        databases.close()
        told = {variable: address(url, name) for variable, url in services.items()}
        house = House(tmp_path_factory.mktemp("house"), told)
        with django_db_blocker.unblock(), connected(**taken_apart(told["DATABASE_URL"])):
            try:
                give_mailboxes()
                house.start("web")
                yield house
            finally:
                connections.close_all()
                house.close()
                cluster.start()
                databases = Databases(services["MIGRATION_DATABASE_URL"])
                databases.drop(name)
                databases.close()


@contextmanager
def stopped(cluster: Cluster) -> Iterator[None]:
    """The server is away, and comes back at the same address."""
    connections.close_all()
    before = cluster.port()
    cluster.stop()
    try:
        yield
    finally:
        assert cluster.start() == before


def ready(house: House) -> Visitor:
    visitor = Visitor(house.url)
    visitor.write(TEACHER)
    return visitor


def refused_honestly(visitor: Visitor, path: str) -> bool:
    answer = visitor.post(path)
    return answer.status_code == 503 and UNAVAILABLE in visitor.page and not REFERENCE.findall(visitor.page)


def test_without_its_database_the_form_says_so_and_the_same_draft_is_sent_when_it_is_back(house, cluster):
    begins, sends = Visitor(house.url), ready(house)
    begins.get("/")
    check, page = sends.path, sends.page
    with stopped(cluster):
        assert refused_honestly(begins, "/begin/")
        assert refused_honestly(sends, check)
        assert sends.took < 10
        assert sends.get(check).status_code == 503
        assert sends.get("/healthz").status_code == 200 and sends.get("/readyz").status_code == 503
    assert (Referral.objects.count(), Person.objects.count(), Dispatch.objects.count()) == (0, 0, 0)
    sends.page, sends.path = page, check  # the page with the button is still open
    reference = sends.send()
    assert Referral.objects.get().reference == reference
    assert "Ffion" not in house.output("web").read_text() + cluster.log.read_text()


def test_a_database_killed_while_referrals_are_sent_loses_none_that_was_acknowledged_and_doubles_none(house, cluster):
    visitors = [ready(house) for _ in range(12)]
    checks = {visitor: (visitor.path, visitor.page) for visitor in visitors}
    shown: dict[Visitor, set[str]] = {}

    def press(visitor: Visitor) -> None:
        path, visitor.page = checks[visitor]
        visitor.post(path)
        shown.setdefault(visitor, set()).update(REFERENCE.findall(visitor.page))

    connections.close_all()
    with ThreadPoolExecutor(4) as pool:
        presses = [pool.submit(press, visitor) for visitor in visitors]
        presses[0].result()
        os.kill(int((cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        for pressed in presses:
            pressed.result()
    before = house.environment["DATABASE_URL"]
    assert cluster.start() == int(taken_apart(before)["PORT"])
    acknowledged = set().union(*shown.values())
    assert acknowledged and acknowledged <= set(Referral.objects.values_list("reference", flat=True))
    for visitor in visitors:
        path, visitor.page = checks[visitor]
        visitor.path = path
        shown[visitor].add(visitor.send())
    assert all(len(references) == 1 for references in shown.values()), "each always saw the same reference"
    assert Referral.objects.count() == len(visitors) and Dispatch.objects.count() == 2 * len(visitors)
