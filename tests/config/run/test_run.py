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
        (folder / "node_modules").symlink_to(CLONE / "node_modules")
        stamps = folder / ".local" / "stamps"
        stamps.mkdir(parents=True)
        if (CLONE / ".local/postcodes.bin").exists():
            shutil.copy(CLONE / ".local/postcodes.bin", folder / ".local")
        if (CLONE / ".local/stamps/npm").exists():
            self._remember_packages(stamps / "npm")
        self.process: subprocess.Popen[str] | None = None

    def _remember_packages(self, stamp: Path) -> None:
        from config.run.steps import remember

        remember(stamp, [self.folder / "package-lock.json", self.folder / ".npmrc"])

    def start(self, *words: str) -> str:
        """Run it until it is open; its address."""
        bare = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.run", *words],
            cwd=self.folder,
            env=bare,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = []
        for line in self.process.stdout or ():
            said.append(line)
            found = OPEN.search(line)
            if found:
                return found[1]
        raise AssertionError("".join(said))

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
