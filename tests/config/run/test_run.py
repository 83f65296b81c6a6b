"""`make run` as a stranger meets it: in a clone of its own, with real processes."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config.embedded.places import ELSEWHERE
from config.embedded.ports import free_port
from config.environment import CLONE
from config.run.supervisor import answers
from tests.processes import until

pytestmark = [pytest.mark.full, pytest.mark.fault]
OPEN = re.compile(r"The house is open:\s+(http://\S+/)")
LEFT_OUT = shutil.ignore_patterns(".git", ".local", ".venv", "node_modules", "__pycache__", ".*_cache", ".hypothesis")


class House:
    """A clone, and the process that runs it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Root's PostgreSQL cannot reach pytest's folders, so there its data lie outside the clone.
        self.outside = ELSEWHERE / f"prevent-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"
        shutil.copytree(CLONE, folder, ignore=LEFT_OUT)
        # Copies, not links: a clone that brings its packages anew empties the folder first.
        shutil.copytree(CLONE / "node_modules", folder / "node_modules", symlinks=True)
        for part in ("postcodes.bin", "stamps/npm"):
            (folder / ".local" / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CLONE / ".local" / part, folder / ".local" / part)
        self.process: subprocess.Popen[str] | None = None

    def start(self, *words: str) -> str:
        """Run it until it is open; its address."""
        self.process = self._run(*words)
        said = []
        for line in self.process.stdout or ():
            said.append(line)
            found = OPEN.search(line)
            if found:
                return found[1]
        raise AssertionError("".join(said))

    def _run(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "config.run", *words],
            cwd=self.folder,
            env={name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def begin(self, until: str) -> None:
        """Run it until it says that it has come so far."""
        self.process = self._run()
        for line in self.process.stdout or ():
            if until in line:
                return
        raise AssertionError(f"It never said: {until}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        assert self.process
        self.process.send_signal(number)
        self.process.communicate(timeout=60)
        return self.process.returncode

    def demolish(self) -> None:
        """Leave nothing on this machine."""
        if self.process and self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.outside, ignore_errors=True)

    def serving(self, program: str) -> list[int]:
        """The numbers of the servers of this clone that run a program."""
        note = {"postgres": "postmaster.pid", "valkey-server": "valkey.pid"}[program]
        found = [*self.outside.rglob(note), *(self.folder / ".local").rglob(note)]
        numbers = [int(each.read_text().split()[0]) for each in found]
        return [number for number in numbers if psutil.pid_exists(number)]

    def left(self) -> list[str]:
        """Living processes that have to do with this clone."""
        found = []
        for process in psutil.process_iter(["cmdline", "cwd", "status"]):
            words = " ".join(process.info["cmdline"] or [])
            places = words + " " + (process.info["cwd"] or "")
            here = str(self.folder) in places or str(self.outside) in places
            if here and process.info["status"] != psutil.STATUS_ZOMBIE:
                found.append(words)
        return found


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path / "clone")
    yield made
    made.demolish()


def test_a_stranger_starts_it_stops_it_and_nothing_is_left(house):
    url = house.start("--port", str(free_port()))
    assert answers(f"{url}readyz")
    assert answers(url)
    assert answers(f"{url}demo/mail/")
    assert house.stop(signal.SIGINT) == 0
    assert house.left() == []
    start = time.monotonic()
    house.start()
    assert time.monotonic() - start < 60
    assert house.stop() == 0
    assert house.left() == []


def test_after_a_kill_the_next_start_recovers(house):
    house.start("--port", str(free_port()))
    house.stop(signal.SIGKILL)
    url = house.start("--port", str(free_port()))
    assert answers(f"{url}readyz")
    assert house.stop() == 0
    assert house.left() == []


@pytest.mark.parametrize("step", ["Preparing the database", "Collecting static files"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_stopped_at_any_step_nothing_is_left_and_the_next_start_recovers(house, step, number):
    house.begin(until=step)
    time.sleep(2)  # in the middle of it
    house.stop(number)
    if number == signal.SIGTERM:
        assert house.left() == []
    url = house.start("--port", str(free_port()))
    assert answers(f"{url}readyz")
    assert house.stop() == 0
    assert house.left() == []


@pytest.mark.parametrize("program", ["postgres", "valkey-server"])
def test_what_the_house_stands_on_is_started_again_when_it_dies(house, program):
    url = house.start("--port", str(free_port()))
    (served,) = house.serving(program)
    os.kill(served, signal.SIGKILL)
    until(lambda: house.serving(program) not in ([], [served]), f"{program} runs again", within=60)
    until(lambda: answers(f"{url}readyz"), "the house answers again", within=60)
    assert house.process
    assert house.process.poll() is None
    assert house.stop() == 0
    assert house.left() == []


def test_two_clones_stand_side_by_side(house, tmp_path):
    other = House(tmp_path / "other")
    one, two = house.start(), other.start()
    assert one != two
    assert answers(f"{one}readyz")
    assert answers(f"{two}readyz")
    assert house.stop() == 0
    assert answers(f"{two}readyz")
    assert other.stop() == 0
    assert house.left() + other.left() == []
    other.demolish()


@pytest.mark.parametrize("victim", ["gunicorn", "celery --app=config.celery --quiet worker", "mail_catcher"])
def test_when_a_part_dies_the_rest_stops(house, victim):
    house.start("--port", str(free_port()))
    assert house.process
    for child in psutil.Process(house.process.pid).children():
        if victim in " ".join(child.cmdline()):
            child.kill()
    house.process.communicate(timeout=60)
    assert house.process.returncode == 1
    assert house.left() == []
