"""What the application role may do, table by table, applied after every migrate by the owner.

The application owns nothing. Ledger tables only grow: no UPDATE, DELETE or TRUNCATE.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from pghistory.models import Event
from psycopg import sql

APPEND_ONLY = (
    "audit_entry",
    "audit_eventrecord",
    "audit_leaf",
    "audit_payload",
    "audit_publication",
    "audit_seal",
    "audit_subtree",
)
# What an entry says is the application's; its number, its stamp and what it redacts are the database's to say.
OF_AN_ENTRY = "at, kind, verb, actor, object_type, object_id, subject, correlation, address"
# Owner's work that the application may ask for: each does one thing (audit/migrations/0005_partitions.py, 0009).
FUNCTIONS = ("audit_detach_partition", "audit_make_partition", "audit_redact", "audit_stamp")
# Tables the application has no business in: django-auditlog's and guardian's stock tables are made but unused, and a
# right of a whole group, or by a key that leads nowhere, must not come to be.
CLOSED = (
    "auditlog_logentry",
    "auth_group",
    "auth_group_permissions",
    "django_migrations",
    "guardian_groupobjectpermission",
    "guardian_userobjectpermission",
)


def apply_grants(using: str, **_: Any) -> None:
    """Give the application role its rights on all tables and sequences. Idempotent; runs as the owner."""
    role = sql.Identifier(settings.DATABASE_APP_ROLE)
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.DATABASE_APP_ROLE])
        if cursor.fetchone() is None:
            return
        # Not the partitions: they are read and written through the table they are of.
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND NOT relispartition AND relowner = current_user::regrole"
        )
        tables = [name for (name,) in cursor.fetchall()]
        raw = cursor.connection
        for table in tables:
            identifier = sql.Identifier(table)
            rights = _rights(table)
            raw.execute(sql.SQL("REVOKE ALL ON {} FROM {}, PUBLIC").format(identifier, role))
            if rights:
                raw.execute(sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), identifier, role))
        for function in map(sql.Identifier, FUNCTIONS):
            raw.execute(sql.SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC").format(function))
            raw.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(function, role))
        raw.execute(sql.SQL("GRANT USAGE ON SCHEMA public, detached TO {}").format(role))
        raw.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role))


def _rights(table: str) -> str:
    if table in CLOSED:
        return "SELECT" if table == "django_migrations" else ""
    if table == "audit_entry":
        return f"SELECT, INSERT ({OF_AN_ENTRY})"
    if table in APPEND_ONLY or table in history_tables():
        return "SELECT, INSERT"
    return "SELECT, INSERT, UPDATE, DELETE"


def history_tables() -> set[str]:
    """Tables of history rows: written by triggers, read by people, emptied only by the owner's functions."""
    return {model._meta.db_table for model in apps.get_models() if issubclass(model, Event)}
