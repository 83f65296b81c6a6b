"""Migrations run as the owner, under a command that looks like Django's own."""

import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from config.environment import CLONE
from tests.database import OwnDatabase


def tables_owned_by(role: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = %s", [role])
        row = cursor.fetchone()
    assert row
    return int(row[0])


@pytest.mark.django_db
def test_every_table_belongs_to_the_owner():
    assert tables_owned_by("prevent_app") == 0
    assert tables_owned_by("prevent_owner") > 10


def test_migrating_again_changes_nothing_and_leaves_the_application_its_role(own_database: OwnDatabase):
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=CLONE,
        env=own_database.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "No migrations to apply" in done.stdout
    assert tables_owned_by("prevent_app") == 0


def test_the_command_gives_its_connection_back(own_database: OwnDatabase, monkeypatch):
    monkeypatch.setenv("MIGRATION_DATABASE_URL", own_database.environment["MIGRATION_DATABASE_URL"])
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        assert cursor.fetchone() == ("prevent_app", own_database.name)


def test_without_the_owners_address_nothing_is_migrated(monkeypatch):
    monkeypatch.delenv("MIGRATION_DATABASE_URL")
    with pytest.raises(CommandError, match="MIGRATION_DATABASE_URL"):
        call_command("migrate")


@pytest.mark.django_db
def test_the_application_may_write_rows_but_change_no_table():
    from django.db import ProgrammingError, transaction

    refused = r"permission denied|must be owner"
    with connection.cursor() as cursor:
        for statement in ("CREATE TABLE mine (number int)", "DROP TABLE agencies_user", "TRUNCATE agencies_user"):
            with pytest.raises(ProgrammingError, match=refused), transaction.atomic():
                cursor.execute(statement)
