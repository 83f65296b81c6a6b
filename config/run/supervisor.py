"""Processes run together in the foreground: if one dies or we are asked to stop, all stop; none is left."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from config.environment import CLONE
from config.run.leftovers import signal_group

PATIENCE = 10
READY_WITHIN = 60
LOOK_EVERY = 2  # seconds between two looks at what the processes stand on


class Supervisor:
    """Starts commands by name, shows their output line by line under that name, and stops them."""

    def __init__(self, commands: dict[str, list[str]], notes: Path, lost: Callable[[], str] = str) -> None:
        """`lost` says what is gone of what the commands stand on, in a sentence; empty while nothing is."""
        self.commands = commands
        self.notes = notes
        self.lost = lost
        self.children: dict[str, subprocess.Popen[str]] = {}
        self.asked = 0

    def run(self, *, ready: Callable[[], None]) -> int:
        """Run until asked to stop (0), or a process or what it needs ends (1). Calls `ready` once the web answers."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)
        try:
            for name, command in self.commands.items():
                if not self.asked:
                    self._start(name, command)
            threading.Thread(target=self._announce, args=(ready,), daemon=True).start()
            return self._watch()
        finally:
            self._stop()

    def _start(self, name: str, command: list[str]) -> None:
        note = self.notes / f"{name}.pid"
        child = subprocess.Popen(
            [sys.executable, "-m", "config.run.child", str(note), *command],
            cwd=CLONE,
            env={**os.environ, "PROCESS": name},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C reaches us alone, and we end them in order
        )
        self.children[name] = child
        threading.Thread(target=self._show, args=(name, child), daemon=True).start()

    def _show(self, name: str, child: subprocess.Popen[str]) -> None:
        for line in child.stdout or ():
            print(f"{name:>6} | {line}", end="", flush=True)

    def _watch(self) -> int:
        looked = time.monotonic()
        while not self.asked:
            if time.monotonic() > looked + LOOK_EVERY:
                looked = time.monotonic()
                if gone := self.lost():
                    print(gone, file=sys.stderr, flush=True)
                    return 1
            for name, child in self.children.items():
                if child.poll() is not None:
                    print(
                        f"{name} ended ({child.returncode}): stopping the others.",
                        file=sys.stderr,
                        flush=True,
                    )
                    return 1
            time.sleep(0.1)
        return 0

    def _stop(self) -> None:
        # First those who take on new work; asked again, or out of patience, kill.
        deadline = time.monotonic() + PATIENCE
        for child in reversed(self.children.values()):
            if child.poll() is None:
                child.terminate()
        while time.monotonic() < deadline and self.asked < 2 and self._living():
            time.sleep(0.05)
        for name, child in self.children.items():
            signal_group(child.pid, signal.SIGKILL)  # the children of a child that has ended, too
            child.wait()
            (self.notes / f"{name}.pid").unlink(missing_ok=True)

    def _living(self) -> bool:
        return any(child.poll() is None for child in self.children.values())

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked += 1

    def _announce(self, ready: Callable[[], None]) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline and not self.asked:
            if answers(f"{os.environ['PUBLIC_BASE_URL']}/readyz"):
                ready()
                return
            time.sleep(0.1)


def answers(url: str) -> bool:
    """Whether an address of ours answers well."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310  # nosec B310  # http on loopback
            return bool(response.status == 200)
    except (OSError, urllib.error.URLError):
        return False
