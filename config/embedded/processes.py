"""Processes known by number: a number alone proves nothing after a crash, so the command line is compared."""

import os
import signal
import subprocess
import time
from pathlib import Path


def runs(pid: int, *, naming: str) -> bool:
    """Whether process `pid` lives, is no zombie, and has `naming` in its command line."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return naming in command_line(pid)


def command_line(pid: int) -> str:
    """The command line of a process; empty where it is gone or a zombie."""
    proc = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self/cmdline").exists():
        try:
            return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    told = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return told.stdout


def ended(pid: int, *, naming: str, within: float) -> bool:
    """Wait for a process to be gone; False if it is still there after `within` seconds."""
    deadline = time.monotonic() + within
    while runs(pid, naming=naming):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def end(pid: int, *, naming: str, patience: float = 10) -> None:
    """Ask a process to stop, and kill it if it has not by then. One that is not ours is left alone."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if not runs(pid, naming=naming):
            return
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        if ended(pid, naming=naming, within=patience):
            return
