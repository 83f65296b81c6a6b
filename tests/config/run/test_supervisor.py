"""Processes run together: real ones, and none is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from config.environment import CLONE
from config.run.leftovers import end_leftovers

SLEEPS = "import time; print('up', flush=True); time.sleep(600)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
)
PARENT = (
    "import subprocess, sys, time\n"
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    "print('up', flush=True); time.sleep(600)"
)
FAILS = "import sys, time; print('up', flush=True); time.sleep(0.5); sys.exit(3)"

RUN = """
import json, sys
from pathlib import Path
from config.run import supervisor
supervisor.PATIENCE = 1.5
commands = {name: [sys.executable, "-c", code, sys.argv[1]] for name, code in json.loads(sys.argv[2]).items()}
notes = Path(sys.argv[1]); notes.mkdir(exist_ok=True)
sys.exit(supervisor.Supervisor(commands, notes).run(ready=lambda: None))
"""


class Supervised:
    """A supervisor in a process of its own; whatever it starts carries the path of its notes."""

    def __init__(self, notes: Path, **scripts: str) -> None:
        import json

        self.mark = str(notes)
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN, self.mark, json.dumps(scripts)],
            cwd=CLONE,
            env={**os.environ, "PUBLIC_BASE_URL": "http://127.0.0.1:1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.seen: list[str] = []
        assert self.process.stdout
        while sum("| up" in line for line in self.seen) < len(scripts):
            self.seen.append(self.process.stdout.readline())
            assert self.seen[-1], "ended before all were up"

    def stop(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.ended()

    def ended(self) -> int:
        rest, _ = self.process.communicate(timeout=30)
        self.seen += rest.splitlines()
        return self.process.returncode

    def left(self) -> list[int]:
        """Processes of this supervisor that live."""
        return [
            process.pid
            for process in psutil.process_iter(["cmdline", "status"])
            if self.mark in (process.info["cmdline"] or []) and process.info["status"] != psutil.STATUS_ZOMBIE
        ]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_everything_stops(number, tmp_path):
    supervised = Supervised(tmp_path / "notes", one=SLEEPS, two=SLEEPS)
    assert len(supervised.left()) == 3
    assert supervised.stop(number) == 0
    assert supervised.left() == []
    assert list((tmp_path / "notes").iterdir()) == []


def test_when_one_dies_all_stop_and_it_is_named(tmp_path):
    supervised = Supervised(tmp_path / "notes", fine=SLEEPS, failing=FAILS)
    assert supervised.ended() == 1
    assert any("failing ended (3)" in line for line in supervised.seen)
    assert supervised.left() == []


def test_one_that_will_not_stop_is_killed(tmp_path):
    supervised = Supervised(tmp_path / "notes", stubborn=STUBBORN)
    assert supervised.stop(signal.SIGTERM) == 0
    assert supervised.left() == []


def test_the_children_of_a_child_are_not_forgotten(tmp_path):
    supervised = Supervised(tmp_path / "notes", parent=PARENT)
    children = psutil.Process(supervised.process.pid).children(recursive=True)
    assert len(children) == 2
    supervised.stop(signal.SIGTERM)
    _, alive = psutil.wait_procs(children, timeout=5)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


@pytest.mark.fault
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child's life to its parent's")
def test_a_killed_supervisor_takes_its_children_along(tmp_path):
    supervised = Supervised(tmp_path / "notes", one=SLEEPS, two=SLEEPS)
    supervised.stop(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while supervised.left() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert supervised.left() == []


@pytest.mark.fault
def test_what_a_killed_run_left_is_ended_by_the_next(tmp_path):
    mark = "config.something"
    orphan = subprocess.Popen([sys.executable, "-c", STUBBORN, mark], stdout=subprocess.PIPE, start_new_session=True)
    with orphan:
        assert orphan.stdout
        orphan.stdout.readline()
        (tmp_path / "web.pid").write_text(str(orphan.pid))
        (tmp_path / "gone.pid").write_text("")
        end_leftovers(tmp_path, patience=0.5)
        assert orphan.wait(10) == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []


def test_a_note_whose_number_now_belongs_to_somebody_else_harms_nobody(tmp_path):
    with subprocess.Popen([sys.executable, "-c", SLEEPS], stdout=subprocess.PIPE, start_new_session=True) as other:
        (tmp_path / "web.pid").write_text(str(other.pid))
        end_leftovers(tmp_path)
        assert other.poll() is None
        other.kill()
