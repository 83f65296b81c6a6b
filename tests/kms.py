"""A key management service on this machine: moto's server, which speaks AWS's protocol and encrypts in earnest."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from audit.kms import _service
from config.embedded.ports import free_port
from tests.processes import listens, silent, until

PROGRAM = "moto_server"  # its wheel lays the program beside Python


@dataclass(frozen=True)
class Service:
    """The service, asked as its own administrator would."""

    process: "subprocess.Popen[bytes]"

    @property
    def administrator(self) -> Any:
        """The client that the house uses, with which a test makes and shuts keys."""
        return _service()

    def make_key(self) -> str:
        """A new key's name, as DATA_KEY_WRAPPING_KEYS lists it."""
        return f"kms:{self.administrator.create_key()['KeyMetadata']['KeyId']}"

    def silent(self) -> AbstractContextManager[None]:
        """The service takes connections and never answers."""
        return silent(self.process)


@pytest.fixture
def kms(tmp_path: Path, settings: Any) -> Iterator[Service]:
    """A service without keys, which the settings describe as a deployment's do."""
    program = shutil.which(PROGRAM, path=str(Path(sys.executable).parent))
    if program is None:
        pytest.fail("moto is missing: `make install` brings it.")
    port = free_port()
    with (tmp_path / "kms.log").open("wb") as log:
        process = subprocess.Popen([program, "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=subprocess.STDOUT)
    settings.KMS_ENDPOINT, settings.KMS_REGION = f"http://127.0.0.1:{port}", "eu-west-2"
    settings.KMS_ACCESS_KEY, settings.KMS_SECRET_KEY = "the-house", "a-secret-of-a-test"
    try:
        until(lambda: listens(port), "the service answers")
        yield Service(process)
    finally:
        process.kill()
        process.wait()
