"""The owner's `migrate` gives the application its rights, table by table."""

import os
import subprocess
import sys

import psycopg

from config.environment import CLONE

SAID = """
    SELECT table_name::text, string_agg(privilege_type, ' ' ORDER BY privilege_type)
      FROM information_schema.table_privileges WHERE grantee = %s AND table_schema = 'public' GROUP BY 1
"""


def test_a_right_given_by_hand_is_taken_back_by_the_next_migrate(own_database):
    environment = own_database.environment
    app = psycopg.conninfo.conninfo_to_dict(environment["DATABASE_URL"])["user"]
    with psycopg.connect(environment["MIGRATION_DATABASE_URL"], autocommit=True) as owner:
        before: dict[str, str] = dict(owner.execute(SAID, [app]).fetchall())
        owner.execute(f"GRANT UPDATE, TRUNCATE ON audit_entry TO {app}")
        assert dict(owner.execute(SAID, [app]).fetchall()) != before
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=CLONE,
            env={**os.environ, **environment},
            check=True,
            timeout=120,
        )
        after: dict[str, str] = dict(owner.execute(SAID, [app]).fetchall())
    assert after == before
    assert after["audit_entry"] == "SELECT"  # beside the columns that are the application's to say
    assert after["referrals_draft"] == "DELETE INSERT SELECT UPDATE"
    assert after["django_migrations"] == "SELECT"
    assert "auditlog_logentry" not in after
