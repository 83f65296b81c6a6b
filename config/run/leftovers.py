"""Processes that an earlier run could not stop because it was killed itself."""

import os
import signal
from pathlib import Path

from config.embedded.processes import ended, runs

MARK = "config."  # in the command line of every process of ours


def end_leftovers(folder: Path, patience: float = 8) -> None:
    """End the process groups noted in `folder`, if they are still ours, and forget them."""
    folder.mkdir(exist_ok=True)
    for note in folder.glob("*.pid"):
        pid = int(note.read_text() or 0)
        if pid and runs(pid, naming=MARK):
            end_group(pid, patience)
        note.unlink(missing_ok=True)


def end_group(pid: int, patience: float) -> None:
    """Ask a process group to stop, and kill what is left of it."""
    signal_group(pid, signal.SIGTERM)
    ended(pid, naming=MARK, within=patience)
    signal_group(pid, signal.SIGKILL)
    ended(pid, naming=MARK, within=2)


def signal_group(pid: int, number: signal.Signals) -> None:
    """Signal a group; one that is gone needs none."""
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return
