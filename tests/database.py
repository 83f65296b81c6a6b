"""Databases for tests: a migrated template, made once for each state of the migrations, and clones of it.

Everything is done as the owner; tests connect as the application's role. Advisory locks in the maintenance
database say who is using what, so that several test runs share a cluster and dead ones are forgotten.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from config.environment import CLONE

# What decides how a fresh database looks: migrations, grants, and the fixtures of places.
SOURCES = (
    "*/migrations/*.py",
    "audit/grants.py",
    "agencies/data/**/*",
    "agencies/**/load_*.py",
)
PREFIX = "test"


def address(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def fingerprint() -> str:
    """A hash of everything that decides how a fresh database looks."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in CLONE.glob(pattern) if path.is_file()}):
        digest.update(str(path.relative_to(CLONE)).encode() + b"\0" + path.read_bytes() + b"\0")
    for package in ("django", "auditlog", "allauth", "pghistory"):
        digest.update(__import__(package).__dict__.get("__version__", "").__repr__().encode())
    return digest.hexdigest()[:12]


class Databases:
    """The template of this state of the code and the clones one test process makes of it."""

    def __init__(self, owner_url: str) -> None:
        self.owner_url = owner_url
        self.state = fingerprint()
        self.template = f"{PREFIX}_{self.state}_template"
        self.maintenance = psycopg.connect(address(owner_url, "postgres"), autocommit=True)

    def open(self) -> None:
        """Make the template unless it is there, and sweep what dead runs and older code have left."""
        with self._lock("building"):
            self._sweep()
            if not self._exists(self.template):
                self._build()
            self.maintenance.execute("SELECT pg_advisory_lock_shared(hashtext(%s))", [self.state])

    def close(self) -> None:
        """Leave the template to others."""
        self.maintenance.close()

    def clone(self) -> str:
        """Make a database of one's own, a tenth of a second's work, and return its name."""
        name = f"{PREFIX}_{self.state}_{uuid4().hex[:12]}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, self.template)
        return name

    def drop(self, name: str) -> None:
        """Drop a clone, whoever is still connected to it."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _build(self) -> None:
        """Migrate under another name first: a run that dies in the middle leaves no half template."""
        draft = f"{PREFIX}_{self.state}_{uuid4().hex[:12]}"
        self._execute("CREATE DATABASE {}", draft)
        prepare(draft)
        self._execute("ALTER DATABASE {} RENAME TO {}", draft, self.template)

    def _sweep(self) -> None:
        """Drop the clones of runs that died, and the templates of states of the code nobody is testing."""
        rows = self.maintenance.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{PREFIX}_[0-9a-f]+_"])
        names = [name for (name,) in rows.fetchall()]
        for state in {name.split("_")[1] for name in names}:
            row = self.maintenance.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [state]).fetchone()
            if not (row and row[0]):
                continue
            for name in names:
                if name.startswith(f"{PREFIX}_{state}_") and name != self.template:
                    self.drop(name)
            self.maintenance.execute("SELECT pg_advisory_unlock(hashtext(%s))", [state])

    def _exists(self, name: str) -> bool:
        return self.maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None

    def _execute(self, statement: str, *names: str) -> None:
        self.maintenance.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    @contextmanager
    def _lock(self, name: str) -> Iterator[None]:
        self.maintenance.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        try:
            yield
        finally:
            self.maintenance.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def prepare(name: str) -> None:
    """Migrate a database as the owner and load the places, in a process of its own.

    Raises:
        RuntimeError: with what the commands printed.
    """
    unmeasured = {key: value for key, value in environment(name).items() if not key.startswith("COVERAGE_")}
    for command in (["migrate", "--verbosity=0"], ["load_places"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=CLONE,
            env=unmeasured,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def environment(name: str) -> dict[str, str]:
    """The environment of a process that shall work on the database `name`."""
    return {
        **os.environ,
        "DATABASE_URL": address(os.environ["DATABASE_URL"], name),
        "MIGRATION_DATABASE_URL": address(os.environ["MIGRATION_DATABASE_URL"], name),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }


class OwnDatabase:
    """A clone that belongs to one test."""

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def environment(self) -> dict[str, str]:
        """The environment for a process that shall work on it."""
        return environment(self.name)
