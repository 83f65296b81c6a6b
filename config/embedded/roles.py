"""The two roles and the database in a cluster of ours: the owner migrates, the application owns nothing."""

import psycopg
from psycopg import sql

OWNER = "prevent_owner"
APPLICATION = "prevent_app"
DATABASE = "prevent"


def prepare(port: int, passwords: dict[str, str]) -> None:
    """Make roles and database unless they are there, and give the roles their passwords. Idempotent."""
    with psycopg.connect(address("postgres", passwords["superuser"], port, "postgres"), autocommit=True) as superuser:
        for role, rights in ((OWNER, "LOGIN CREATEDB"), (APPLICATION, "LOGIN")):
            known = superuser.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            verb = "ALTER" if known else "CREATE"
            superuser.execute(
                sql.SQL("{} ROLE {} " + rights + " PASSWORD {}").format(
                    sql.SQL(verb), sql.Identifier(role), sql.Literal(passwords[role])
                )
            )
        # The owner ends other roles' connections when it drops a test's database.
        superuser.execute(sql.SQL("GRANT pg_signal_backend TO {}").format(sql.Identifier(OWNER)))
        if not superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            superuser.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )


def address(role: str, password: str, port: int, name: str = DATABASE) -> str:
    """The address of a database in a cluster of ours. Passwords are made of letters and digits."""
    return f"postgresql://{role}:{password}@127.0.0.1:{port}/{name}"
