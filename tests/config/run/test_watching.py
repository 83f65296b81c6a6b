"""When PostgreSQL or Valkey dies under a running house, it is started again and the house goes on."""

import os
import signal
import socket
import subprocess
import sys

from config.environment import CLONE
from config.run.watching import embedded, look_after

RUN = """
import sys
from pathlib import Path
from config.run import supervisor
from config.run.watching import look_after

def fails(_):
    raise RuntimeError("PostgreSQL did not start.")

supervisor.LOOK_EVERY = 0.2
command = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]
watched = supervisor.Supervisor({"one": command}, Path(sys.argv[1]), lost=lambda: look_after(["DATABASE_URL"], fails))
sys.exit(watched.run(ready=lambda: None))
"""


def listening() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))


def address(server: socket.socket) -> str:
    return f"postgresql://app:secret@127.0.0.1:{server.getsockname()[1]}/prevent"


def test_services_that_the_environment_names_are_not_ours(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere.example/prevent")
    monkeypatch.delenv("REDIS_URL")
    assert embedded() == ["REDIS_URL"]


def test_a_service_that_ended_is_started_again_and_named_without_its_password(monkeypatch, capsys):
    started = []

    def start(variables):
        started.extend(variables)
        return {variable: os.environ[variable] for variable in variables}

    with listening() as server:
        monkeypatch.setenv("DATABASE_URL", address(server))
        assert look_after(["DATABASE_URL"], start) == ""
        assert started == []
    assert look_after(["DATABASE_URL"], start) == ""
    assert started == ["DATABASE_URL"]
    said = capsys.readouterr().err
    assert "PostgreSQL has ended: starting it again" in said
    assert "secret" not in said


def test_a_service_that_comes_back_elsewhere_ends_the_house(monkeypatch):
    with listening() as server:
        monkeypatch.setenv("DATABASE_URL", address(server))
    said = look_after(["DATABASE_URL"], lambda _: {"DATABASE_URL": "postgresql://app:secret@127.0.0.1:1/prevent"})
    assert "Another program has taken the port of the embedded PostgreSQL" in said


def test_the_house_ends_with_a_database_that_does_not_start_again(tmp_path):
    with listening() as server:
        house = subprocess.Popen(
            [sys.executable, "-c", RUN, str(tmp_path)],
            cwd=CLONE,
            env={**os.environ, "PUBLIC_BASE_URL": "http://127.0.0.1:1", "DATABASE_URL": address(server)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert house.stdout
        assert "up" in house.stdout.readline()
    try:
        said, _ = house.communicate(timeout=30)
    finally:
        if house.poll() is None:
            house.send_signal(signal.SIGTERM)
    assert house.returncode == 1
    assert "PostgreSQL does not start again" in said
    assert list(tmp_path.iterdir()) == []
