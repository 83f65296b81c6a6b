"""An instance: a cluster and a broker together, held by whoever needs it, stopped by the last who leaves."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded import roles
from config.embedded.account import server_account
from config.embedded.places import home, postgres_programs, valkey_program
from config.embedded.postgres import FOR_TESTS, Cluster
from config.embedded.valkey import Broker


class Instance:
    """The embedded services of one name."""

    def __init__(self, name: str) -> None:
        account = server_account()
        self.folder = home(name, account)
        self.passwords = _passwords(self.folder / "passwords.json")
        testing = name.startswith("test")  # nothing of theirs has to outlive a power cut
        self.cluster = Cluster(
            folder=_subfolder(self.folder, "database"),
            programs=postgres_programs(account),
            account=account,
            password=self.passwords["superuser"],
            settings=FOR_TESTS if testing else {},
        )
        self.broker = Broker(
            folder=_subfolder(self.folder, "broker"),
            program=valkey_program(),
            password=self.passwords["broker"],
            settings={"appendfsync": "no"} if testing else {},
        )

    @contextmanager
    def held(self, *, database: bool = True, broker: bool = True) -> Iterator[dict[str, str]]:
        """Use the running services or start them; on leaving, stop them unless somebody else holds them.

        Yields the environment variables that lead to them.
        """
        with _locked(self.folder / "start.lock"):
            environment = self.start(database=database, broker=broker)
            holder = os.open(self.folder / "holders.lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(holder, fcntl.LOCK_SH)
        try:
            yield environment
        finally:
            with _locked(self.folder / "start.lock"):
                if _alone(holder):
                    self.stop()
                os.close(holder)

    def start(self, *, database: bool = True, broker: bool = True) -> dict[str, str]:
        """Start what is asked for and does not run. The variables that lead there."""
        environment = {}
        if database:
            port = self.cluster.start()
            roles.prepare(port, self.passwords)
            for variable, role in (
                ("DATABASE_URL", roles.APPLICATION),
                ("MIGRATION_DATABASE_URL", roles.OWNER),
            ):
                environment[variable] = roles.address(role, self.passwords[role], port)
        if broker:
            environment["REDIS_URL"] = f"redis://:{self.passwords['broker']}@127.0.0.1:{self.broker.start()}/0"
        return environment

    def revive(self, *, database: bool, broker: bool) -> dict[str, str]:
        """Start again what of these has ended, for whoever holds it. The variables that lead there."""
        with _locked(self.folder / "start.lock"):
            return self.start(database=database, broker=broker)

    def stop(self) -> None:
        """Stop both services, whoever started them."""
        self.broker.stop()
        self.cluster.stop()


def _subfolder(folder: Path, name: str) -> Path:
    folder = folder / name
    folder.mkdir(mode=0o755, exist_ok=True)
    return folder


def _passwords(path: Path) -> dict[str, str]:
    with _locked(path.with_suffix(".lock")):
        if not path.exists():
            made = {who: secrets.token_hex(16) for who in ("superuser", roles.OWNER, roles.APPLICATION, "broker")}
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                json.dump(made, file)
        known: dict[str, str] = json.loads(path.read_text())
        return known


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Be alone in a passage. The kernel opens the lock again if we die in it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _alone(holder: int) -> bool:
    try:
        fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
