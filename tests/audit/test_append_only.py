"""PostgreSQL itself refuses what the application must never do to the record."""

import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from audit.grants import APPEND_ONLY, apply_grants, history_tables

pytestmark = pytest.mark.usefixtures("db")

GROWING = sorted({*APPEND_ONLY, *history_tables()})


def refused(statement: str) -> None:
    with pytest.raises(ProgrammingError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert isinstance(caught.value.__cause__, InsufficientPrivilege)


def first_column(table: str) -> str:
    with connection.cursor() as cursor:
        return connection.introspection.get_table_description(cursor, table)[0].name


def test_the_ledger_and_every_history_are_meant_here():
    assert {"audit_entry", "audit_payload", "referrals_referralevent", "people_personevent"} <= set(GROWING)


@pytest.mark.parametrize("table", GROWING)
def test_what_is_on_the_ledger_or_in_history_cannot_be_changed(table):
    column = first_column(table)
    refused(f"UPDATE {table} SET {column} = {column}")


@pytest.mark.parametrize("table", GROWING)
def test_what_is_on_the_ledger_or_in_history_cannot_be_deleted(table):
    refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("column", ["id", "stamp", "redacts"])
def test_number_stamp_and_redaction_of_an_entry_are_not_the_applications_to_say(column):
    refused(
        f"INSERT INTO audit_entry ({column}, at, kind, verb, actor, object_type, correlation)"
        " VALUES (1, now(), 'viewed', '', gen_random_uuid(), '', gen_random_uuid())"
    )


def test_no_table_at_all_can_be_truncated():
    tables = connection.introspection.table_names()
    assert {"audit_entry", "referrals_draft", "agencies_session"} <= set(tables)
    for table in tables:
        refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("verb", ["SELECT * FROM", "DELETE FROM", "TRUNCATE"])
def test_the_librarys_own_ledger_is_closed(verb):
    refused(f"{verb} auditlog_logentry")


def test_the_application_owns_nothing():
    owned = """
        SELECT relname::text FROM pg_class WHERE relowner = current_user::regrole
        UNION ALL SELECT proname::text FROM pg_proc WHERE proowner = current_user::regrole
        UNION ALL SELECT nspname::text FROM pg_namespace WHERE nspowner = current_user::regrole
        UNION ALL SELECT datname::text FROM pg_database WHERE datdba = current_user::regrole
    """
    with connection.cursor() as cursor:
        cursor.execute(owned)
        assert cursor.fetchall() == []


def test_the_application_has_no_power_over_roles_and_belongs_to_no_other():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication,"
            " EXISTS (SELECT FROM pg_auth_members WHERE member = oid) FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.another (id int)",
        "CREATE SCHEMA another",
        "CREATE FUNCTION public.another() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TRIGGER another BEFORE INSERT ON audit_entry EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "ALTER TABLE audit_entry ADD COLUMN another int",
        "DROP TABLE audit_payload",
        "SET session_replication_role = replica",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('audit', 'x', now())",
    ],
)
def test_the_application_cannot_change_what_the_database_is(statement):
    refused(statement)


def test_granting_again_changes_nothing(owner, settings):
    def rights():
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname::text, relacl::text FROM pg_class WHERE relacl IS NOT NULL ORDER BY 1, 2")
            return cursor.fetchall()

    before = rights()
    settings.DATABASE_APP_ROLE = "nobody_of_this_name"
    apply_grants("default")
    assert rights() == before
