"""S3-compatible storage on this machine: rclone's server over a folder, which asks for signed requests."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.embedded.ports import free_port
from tests.processes import listens, silent, until

NAME = "sealed-files"
PROGRAM = "rclone"  # its wheel lays the program beside Python


@dataclass(frozen=True)
class Bucket:
    """An empty bucket: where the server keeps its objects, and its process."""

    folder: Path
    process: "subprocess.Popen[bytes]"

    def objects(self) -> set[str]:
        """What lies in it."""
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}

    def silent(self) -> AbstractContextManager[None]:
        """The server takes connections and never answers."""
        return silent(self.process)


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    """Storage that the environment describes as a deployment's does."""
    program = shutil.which(PROGRAM, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if program is None:
        pytest.fail("rclone is missing: `make install` brings it.")
    folder, port = tmp_path / "s3" / NAME, free_port()
    folder.mkdir(parents=True)
    key, secret = "the-house", secrets.token_hex(16)
    command = [program, "serve", "s3", "--config=", f"--addr=127.0.0.1:{port}", f"--auth-key={key},{secret}"]
    with (tmp_path / "s3.log").open("wb") as log:
        process = subprocess.Popen([*command, str(folder.parent)], stdout=log, stderr=subprocess.STDOUT)
    told = {"ENDPOINT": f"http://127.0.0.1:{port}", "REGION": "eu-west-2", "ACCESS_KEY": key, "SECRET_KEY": secret}
    for name, value in told.items():
        for whose in ("DOCUMENTS", "LEDGER"):
            monkeypatch.setenv(f"{whose}_{name}", value)
    try:
        until(lambda: listens(port), "the storage serves")
        yield Bucket(folder, process)
    finally:
        process.kill()
        process.wait()
