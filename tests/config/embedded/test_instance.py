"""The embedded services: real ones, shared by their holders, recovering from any death."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from redis import Redis

from config.embedded import processes
from config.embedded.instance import Instance
from config.environment import CLONE


@pytest.fixture
def instance() -> Iterator[Instance]:
    """Services that belong to this test alone."""
    made = Instance(f"test-{uuid4().hex[:8]}")
    yield made
    made.stop()
    shutil.rmtree(made.folder)


def postmaster(instance: Instance) -> int:
    return int((instance.cluster.data / "postmaster.pid").read_text().split()[0])


def broker_pid(instance: Instance) -> int:
    pid = instance.broker.pid()
    assert pid
    return pid


def write_and_count(environment: dict[str, str]) -> int:
    """Leave one more row in the database and one more item in the broker; how many there are."""
    with psycopg.connect(environment["MIGRATION_DATABASE_URL"]) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        owner.execute("INSERT INTO kept VALUES (1)")
        rows = owner.execute("SELECT count(*) FROM kept").fetchone()
    broker = Redis.from_url(environment["REDIS_URL"])
    items = broker.rpush("kept", "1")
    broker.close()
    assert rows
    assert rows[0] == items
    return int(rows[0])


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    assert processes.ended(pid, naming="", within=10) or not processes.command_line(pid)


def test_data_outlive_the_services_and_nothing_runs_when_nobody_holds_them(instance):
    with instance.held() as environment:
        assert write_and_count(environment) == 1
        first = postmaster(instance)
    assert instance.cluster.port() is None
    assert instance.broker.pid() is None
    with instance.held() as environment:
        assert write_and_count(environment) == 2
        assert postmaster(instance) != first


def test_it_is_postgresql_18_with_two_roles_of_which_one_owns_nothing(instance):
    with instance.held(broker=False) as environment:
        with psycopg.connect(environment["DATABASE_URL"]) as application:
            row = application.execute("SELECT current_user, current_setting('server_version_num')::int").fetchone()
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute("CREATE TABLE mine (number int)")
        assert row is not None
        assert row[0] == "prevent_app"
        assert row[1] >= 180000
        assert "REDIS_URL" not in environment


def test_a_broker_never_forgets_a_queue_to_make_room(instance):
    with instance.held(database=False) as environment:
        broker = Redis.from_url(environment["REDIS_URL"])
        assert broker.config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"
        assert broker.config_get("appendonly")["appendonly"] == "yes"
        broker.close()


def test_the_last_of_two_holders_stops_the_services(instance):
    script = (
        "import sys; from config.embedded.instance import Instance\n"
        f"with Instance({instance.folder.name!r}).held():\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=CLONE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with instance.held():
            running = postmaster(instance)
        assert instance.cluster.port(), "the other holder still needs them"
        assert postmaster(instance) == running
        other.communicate("")
    assert instance.cluster.port() is None


def test_a_holder_that_was_killed_does_not_keep_the_services_for_ever(instance):
    script = (
        "import os, signal; from config.embedded.instance import Instance\n"
        f"with Instance({instance.folder.name!r}).held():\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=CLONE, check=False)
    orphan = postmaster(instance)
    assert instance.cluster.port(), "an orphaned server runs on"
    with instance.held():
        assert postmaster(instance) == orphan, "and is used by the next"
    assert instance.cluster.port() is None


@pytest.mark.fault
def test_killed_services_recover_with_what_was_committed(instance):
    with instance.held() as environment:
        write_and_count(environment)
        time.sleep(1.2)  # the broker flushes every second
        kill(postmaster(instance))
        kill(broker_pid(instance))
        assert instance.cluster.port() is None
        with instance.held() as again:
            assert write_and_count(again) == 2


@pytest.mark.fault
def test_a_pid_file_whose_number_now_belongs_to_somebody_else_is_no_obstacle(instance):
    with instance.held():
        pass
    data = instance.cluster.data
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n0\n5432\n\n127.0.0.1\n0 0\nready\n")
    instance.cluster.account.own(data / "postmaster.pid")
    (instance.broker.data / "valkey.pid").write_text(str(os.getpid()))
    with instance.held() as environment:
        assert write_and_count(environment) == 1


@pytest.mark.fault
def test_a_cluster_half_made_when_the_power_went_is_made_anew(instance):
    instance.cluster.data.mkdir()
    instance.cluster.account.own(instance.cluster.data)
    with instance.held(broker=False) as environment:
        assert environment["DATABASE_URL"]


def test_a_taken_port_is_no_obstacle(instance):
    import socket

    with instance.held() as environment:
        before = environment["DATABASE_URL"]
    port = int((instance.cluster.folder / "postgres.port").read_text())
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections just closed hold it for a minute
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with instance.held(broker=False) as environment:
            assert environment["DATABASE_URL"] != before


def test_no_password_lies_about_for_others_to_read(instance):
    files = [path for path in instance.folder.rglob("*") if path.is_file()]
    secret = instance.passwords["superuser"].encode()
    telling = [path for path in files if secret in path.read_bytes()]
    assert [path.name for path in telling] == ["passwords.json"]
    assert telling[0].stat().st_mode & 0o077 == 0


def test_a_broken_installation_says_what_the_server_said(instance):
    instance.cluster.initialise()
    (instance.cluster.data / "PG_VERSION").write_text("7\n")
    instance.cluster.account.own(instance.cluster.data / "PG_VERSION")
    with pytest.raises(RuntimeError, match="PostgreSQL did not start"):
        instance.cluster.start()
