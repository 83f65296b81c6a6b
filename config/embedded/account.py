"""PostgreSQL refuses to run as root: there it runs as a system account of its own."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

NAME = "prevent-postgres"


@dataclass(frozen=True)
class Account:
    """Who a server process runs as; without a number, as whoever starts it."""

    uid: int | None = None
    gid: int | None = None
    popen: dict[str, Any] = field(default_factory=dict, hash=False)

    def own(self, path: Path) -> None:
        """Hand a file or folder to the account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def can_run(self, command: list[str]) -> bool:
        """Whether the account reaches a program and may run it."""
        try:
            return subprocess.run(command, **self.popen, cwd="/", capture_output=True, check=False).returncode == 0
        except OSError:
            return False

    def can_enter(self, folder: Path) -> bool:
        """Whether the account reaches a folder."""
        return self.can_run(["/bin/sh", "-c", 'cd "$0"', str(folder)])


@cache
def server_account() -> Account:
    """The account for PostgreSQL: ours, or as root a system account, made if need be.

    Raises:
        RuntimeError: root could neither make an account nor find `nobody`.
    """
    if os.geteuid() != 0:
        return Account()
    for name in (NAME, "nobody"):
        if name == NAME:
            _make(name)
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []})
    raise RuntimeError("PostgreSQL does not run as root, and no other account could be made. Run this as a user.")


def _make(name: str) -> None:
    try:
        pwd.getpwnam(name)
    except KeyError:
        program = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
        if program:
            options = [
                "--system",
                "--no-create-home",
                "--home-dir",
                "/nonexistent",
                "--shell",
                "/usr/sbin/nologin",
            ]
            subprocess.run([program, *options, name], check=False, capture_output=True)
