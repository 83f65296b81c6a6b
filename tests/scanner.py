"""The real clamd, with one signature that we write ourselves: nothing is downloaded."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from config.run.programs import CLAMD, find

# What the test signature finds. Harmless, and known to nobody else.
INFECTED = b"Marrowgate-0417-this-stands-for-a-virus"
CONFIGURATION = """
LocalSocket {folder}/clamd.sock
LocalSocketMode 666
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
PidFile {folder}/clamd.pid
Foreground yes
StreamMaxLength 30M
User {user}
"""


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run clamd until the end of the block; gives its address. Where it is missing, the package is named."""
    path = find(CLAMD)
    if path is None:
        pytest.fail(CLAMD.advice)
    signatures = folder / "signatures"
    signatures.mkdir(exist_ok=True)
    (signatures / "test.ndb").write_text(f"Test.Marrowgate:0:*:{INFECTED.hex()}\n")
    settings = folder / "clamd.conf"
    user = "root" if os.geteuid() == 0 else os.environ.get("USER", "nobody")
    settings.write_text(CONFIGURATION.format(folder=folder, user=user))
    with (folder / "clamd.log").open("wb") as log:
        process = subprocess.Popen([path, f"--config-file={settings}"], stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(folder / "clamd.sock", process)
        yield f"unix:{folder}/clamd.sock"
    finally:
        process.kill()
        process.wait()


def _wait_for(path: Path, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with closing(socket.socket(socket.AF_UNIX)) as scanner:
            try:
                scanner.connect(str(path))
            except OSError:
                assert process.poll() is None, (path.parent / "clamd.log").read_text()
                time.sleep(0.05)
            else:
                return
    pytest.fail("clamd did not start: " + (path.parent / "clamd.log").read_text())


@pytest.fixture(scope="session")
def clamd() -> Iterator[str]:
    """The address of a scanner that runs for the whole session."""
    folder = Path(tempfile.mkdtemp(prefix="clamd-"))
    try:
        with running(folder) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def scanner(clamd: str, settings: object) -> str:
    """The house talks to that scanner."""
    settings.CLAMD = clamd  # type: ignore[attr-defined]
    return clamd
