"""No command empties the ledger, not the one that the library brings either."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.core.management import CommandError, call_command, get_commands

from config.environment import CLONE


def test_the_librarys_command_is_not_the_one_that_is_found():
    assert get_commands()["auditlogflush"] == "audit"


@pytest.mark.parametrize("options", [[], ["--yes"], ["-y", "--truncate"], ["-y", "--before-date=2026-01-01"]])
def test_it_refuses_with_a_sentence_whatever_it_is_given(options):
    with pytest.raises(CommandError, match="only grows"):
        call_command("auditlogflush", *options)


def test_typed_on_the_command_line_it_deletes_nothing(own_database):
    count = "SELECT count(*) FROM audit_entry"
    with psycopg.connect(own_database.environment["DATABASE_URL"], autocommit=True) as other:
        before = other.execute(count).fetchone()
        done = subprocess.run(
            [sys.executable, "manage.py", "auditlogflush", "-y"],
            cwd=CLONE,
            env={**os.environ, **own_database.environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert other.execute(count).fetchone() == before
    assert (done.returncode, before != (0,)) == (1, True)
    assert "only grows" in done.stderr
