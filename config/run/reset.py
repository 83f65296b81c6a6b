"""Throw the demonstration's data away: `make demo-reset`."""

import os
import shutil
import sys

import psycopg
from psycopg import sql

from config.embedded.attach import services
from config.embedded.roles import DATABASE
from config.environment import LOCAL
from config.run.alone import AlreadyRunning, alone
from config.run.same_migrations import forget_migrations


def main() -> int:
    """Drop the embedded database, caught mail, uploaded files and checkpoints.

    1 if the house runs or the database is not ours.
    """
    if "DATABASE_URL" in os.environ:
        print("DATABASE_URL is set: only the embedded demonstration can be thrown away.", file=sys.stderr)
        return 1
    LOCAL.mkdir(mode=0o755, exist_ok=True)
    try:
        with alone(LOCAL / "run.lock"), services("house"):
            url = os.environ["MIGRATION_DATABASE_URL"]
            with psycopg.connect(url.rpartition("/")[0] + "/postgres", autocommit=True) as owner:
                name = sql.Identifier(DATABASE)
                owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
                owner.execute(sql.SQL("CREATE DATABASE {}").format(name))
            forget_migrations()
    except AlreadyRunning as problem:
        print(problem, file=sys.stderr)
        return 1
    for folder in ("mail", "documents", "checkpoints"):
        shutil.rmtree(LOCAL / folder, ignore_errors=True)
    print("The demonstration is gone. `make run` seeds a new one.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
