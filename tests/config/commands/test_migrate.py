"""Migrations run as the owner, under a command that looks like Django's own."""

import subprocess
import sys
from contextlib import nullcontext

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from audit.actions.record_migrations import Done, record_migrations
from audit.agents import Agent
from audit.models import Entry, Payload
from audit.refusals import Forbidden
from config.environment import CLONE
from config.owner import as_owner
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


@pytest.fixture
def migrate(own_database: OwnDatabase, monkeypatch):
    """Migrate a database of one's own, and say what was recorded."""
    monkeypatch.setenv("MIGRATION_DATABASE_URL", own_database.environment["MIGRATION_DATABASE_URL"])

    def run(*words: str, fails: bool = False, **options: bool) -> list[tuple[str, str]]:
        before = Entry.objects.latest("id").pk
        with pytest.raises(RuntimeError) if fails else nullcontext():
            call_command("migrate", *words, verbosity=0, **options)
        return list(Entry.objects.filter(pk__gt=before).order_by("id").values_list("kind", "object_type"))

    return run


@pytest.mark.django_db
def test_every_migration_of_a_fresh_database_is_on_the_ledger_once_and_took_no_key():
    entries = Entry.objects.filter(kind=Entry.Kind.MIGRATED)
    applied = [f"{app}.{name}"[:64] for app, name in MigrationRecorder(connection).applied_migrations()]
    assert sorted(applied) == sorted(entries.values_list("object_type", flat=True))
    assert set(entries.values_list("actor", "verb")) == {(Agent.OPERATOR.pk, "record_migrations")}
    assert entries.values("correlation").distinct().count() == 1
    assert not Payload.objects.filter(entry__in=entries).exists()


def test_migrating_again_records_nothing_and_what_is_undone_and_done_again_is_recorded(migrate):
    assert migrate() == []
    name = "mfa.0003_authenticator_type_uniq"
    assert migrate("mfa", "0002") == [("migration_undone", name)]
    assert migrate("mfa") == [("migrated", name)]


def test_what_was_done_before_a_migration_failed_is_recorded(migrate, monkeypatch):
    undone = migrate("audit", "0006", fake=True)
    assert {("migration_undone", "audit.0008_migrated"), ("migration_undone", "audit.0007_verifications")} <= set(
        undone
    )

    def apply(migration: Migration, state: object, *_: object) -> object:
        if migration.name == "0008_migrated":
            raise RuntimeError
        return state

    monkeypatch.setattr(Migration, "apply", apply)
    assert migrate("audit", fails=True) == [("migrated", "audit.0007_verifications")]


def test_where_the_ledger_does_not_stand_yet_nothing_can_be_recorded(migrate):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry RENAME COLUMN stamp TO other")
    call_command("migrate", "audit", "0007", verbosity=0, fake=True)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry RENAME COLUMN other TO stamp")
    assert not Entry.objects.filter(kind=Entry.Kind.MIGRATION_UNDONE).exists()


def test_only_an_operator_says_what_was_migrated(on_record, db):
    with pytest.raises(Forbidden):
        record_migrations(done=[Done("audit.0001_initial", undone=False)], by=Agent.SWEEPER, now=timezone.now())


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
