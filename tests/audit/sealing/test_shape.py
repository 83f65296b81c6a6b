"""What was taken from the ledger's tables is said: behind it rows could be hidden that nobody compares."""

import pytest
from django.db import IntegrityError, connection

from audit.models import Entry, Seal
from audit.sealing.shape import misshapen
from audit.sealing.verifying import verify
from tests.audit.sealing.owning import as_owner
from tests.audit.sealing.sealed import sealed

pytestmark = pytest.mark.usefixtures("own_database", "on_record", "sealer")
HIDDEN = (
    "INSERT INTO audit_entry (id, at, kind, verb, actor, object_type, correlation)"
    " SELECT id + 1000, at, kind, verb, gen_random_uuid(), object_type, correlation FROM audit_entry LIMIT 1"
)
TAKEN = {
    "a leaf without a position": (
        "ALTER TABLE audit_leaf DROP CONSTRAINT audit_leaf_pkey",
        "ALTER TABLE audit_leaf ALTER position DROP NOT NULL",
        HIDDEN,
        "INSERT INTO audit_leaf SELECT NULL, id, at, '', '' FROM audit_entry ORDER BY id DESC LIMIT 1",
    ),
    "an entry without a number": (
        "ALTER TABLE audit_entry DROP CONSTRAINT {audit_entry} CASCADE",
        "ALTER TABLE audit_entry ALTER id DROP NOT NULL",
    ),
    "a second payload": (
        "ALTER TABLE audit_payload DROP CONSTRAINT {audit_payload} CASCADE",
        "INSERT INTO audit_payload SELECT * FROM audit_payload LIMIT 1",
    ),
    "two leaves of one entry": (
        "ALTER TABLE audit_leaf DROP CONSTRAINT audit_leaf_entry_key",
        "UPDATE audit_leaf SET entry = (SELECT max(entry) FROM audit_leaf) WHERE position = 0",
    ),
    "a second root of a subtree": (
        "ALTER TABLE audit_subtree DROP CONSTRAINT subtree_once",
        "INSERT INTO audit_subtree (id, level, number, hash) VALUES (-1, 1, 0, ''), (-2, 1, 0, '')",
    ),
    "a root that is not there": (
        "ALTER TABLE audit_seal ALTER root DROP NOT NULL",
        "UPDATE audit_seal SET root = NULL",
    ),
    "a position that is no number": (
        "ALTER TABLE audit_leaf ALTER position TYPE float8",
        "UPDATE audit_leaf SET position = 'NaN' WHERE position = 0",
    ),
    "a policy": (
        "ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY shown ON audit_entry USING (current_query() LIKE 'COPY%')",
    ),
    "a rule": ("CREATE RULE unseen AS ON UPDATE TO audit_seal DO ALSO NOTHING",),
    "a column that need no longer be checked": (
        "ALTER TABLE audit_leaf ADD CONSTRAINT checked CHECK (position >= 0) NOT VALID",
    ),
}


def keys() -> dict[str, str]:
    """What the primary key of each table is called."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT conrelid::regclass::text, conname::text FROM pg_constraint WHERE contype = 'p'")
        return dict(cursor.fetchall())


def test_tables_as_they_were_made_are_as_they_should_be(agency):
    sealed(agency, 3)
    assert list(misshapen()) == []
    assert verify().ok


@pytest.mark.parametrize("taken", TAKEN)
def test_what_is_taken_from_a_table_is_told_before_what_it_hides(agency, taken):
    sealed(agency, 3)
    with as_owner(), connection.cursor() as cursor:
        for statement in TAKEN[taken]:
            cursor.execute(statement.format(**keys()))
    told = [fault.what for fault in verify().faults]
    table = next(word for word in ("audit_entry", "audit_leaf", "audit_payload", "audit_seal", "audit_subtree")
                 if word in TAKEN[taken][0])  # fmt: skip
    assert told and table in told[0]


def test_a_stored_root_with_any_number_is_read(agency):
    sealed(agency, 3)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_subtree (id, level, number, hash) VALUES (-1, 1, 40, '')")
    assert ["the tree does not reach there" in fault.what for fault in verify().faults] == [True]


def test_no_seal_has_a_time_that_nobody_can_read(agency):
    sealed(agency, 3)
    with as_owner(), connection.cursor() as cursor, pytest.raises(IntegrityError, match="seal_at_readable"):
        cursor.execute("UPDATE audit_seal SET at = 'infinity'")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_seal DROP CONSTRAINT seal_at_readable")
        cursor.execute("UPDATE audit_seal SET at = 'infinity'")
        cursor.execute("UPDATE audit_entry SET actor = gen_random_uuid() WHERE id = (SELECT min(id) FROM audit_entry)")
    assert [fault.entry for fault in verify().faults] == [Entry.objects.values_list("pk", flat=True).first()]
    assert Seal.objects.exists()


def test_a_month_is_beside_as_a_whole_or_not_at_all(agency):
    sealed(agency, 3)
    hidden = Entry.objects.latest("id").pk
    with as_owner(), connection.cursor() as cursor:
        month = f"{Entry.objects.latest('id').at:audit_entry_%Y_%m}"
        cursor.execute(
            f"CREATE TABLE detached.{month} (LIKE public.{month} INCLUDING ALL);"
            f" INSERT INTO detached.{month} SELECT * FROM audit_entry WHERE id = {hidden};"
            f" GRANT SELECT ON detached.{month} TO prevent_app; DELETE FROM audit_entry WHERE id = {hidden}"
        )
    assert not Entry.objects.filter(pk=hidden).exists()
    assert any(f"detached.{month} stands among the present" in fault.what for fault in verify().faults)
