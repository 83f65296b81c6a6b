"""Django's migrate, run as the owner of the database instead of the application, and on the record."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations import Migration
from django.utils import timezone

from audit.actions.record_migrations import Done, record_migrations
from audit.agents import Agent
from audit.context import recording
from audit.models import Entry
from config.owner import as_owner


class Command(Migrate):
    """Migrate under MIGRATION_DATABASE_URL: the application's role owns no table."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Swap the role for the length of the command. What was done is recorded also where a later one fails."""
        self.done: list[Done] = []
        with as_owner(options["database"]):
            try:
                super().handle(*args, **options)
            finally:
                if self.done and options["database"] == DEFAULT_DB_ALIAS and _ledger_stands():
                    with recording(by=Agent.OPERATOR):
                        record_migrations(done=self.done, by=Agent.OPERATOR, now=timezone.now())

    def migration_progress_callback(self, action: str, migration: Migration | None = None, fake: bool = False) -> None:
        """Note down each migration as it is done."""
        super().migration_progress_callback(action, migration, fake)
        if migration is not None and action in {"apply_success", "unapply_success"}:
            self.done.append(Done(f"{migration.app_label}.{migration.name}", undone=action == "unapply_success"))


def _ledger_stands() -> bool:
    """Whether the ledger has the table, and the columns, that this code writes to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0",
            [Entry._meta.db_table],
        )
        return {field.column for field in Entry._meta.concrete_fields} <= {name for (name,) in cursor.fetchall()}
