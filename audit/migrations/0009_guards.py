"""What the database itself does not let pass: times that nobody can read, and owner's work for which it is too early.

An entry's number, stamp and redaction are not the application's to say at all (audit/grants.py).
"""

from django.db import migrations, models
from django.db.models import Value

# Sealer and verifier read times of four digits; what is infinite would stop them.
TIMES = """
ALTER TABLE audit_entry ADD CONSTRAINT entry_at_readable
    CHECK (at >= timestamptz '2000-01-01 00:00Z' AND at < timestamptz '3000-01-01 00:00Z');
"""

# As in 0005, and with the constraints, without which PostgreSQL attaches no partition.
MAKE = """
CREATE OR REPLACE FUNCTION audit_make_partition(day date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    start timestamptz := date_trunc('month', day::timestamp) AT TIME ZONE 'UTC';
    until timestamptz := (date_trunc('month', day::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
    parent text;
    partition text;
    made boolean := false;
BEGIN
    FOREACH parent IN ARRAY ARRAY['audit_entry', 'audit_payload'] LOOP
        partition := parent || to_char(day, '_YYYY_MM');
        CONTINUE WHEN to_regclass(format('public.%I', partition)) IS NOT NULL
            OR to_regclass(format('detached.%I', partition)) IS NOT NULL;
        EXECUTE format(
            'CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition, parent
        );
        EXECUTE format(
            'WITH moved AS (DELETE FROM public.%I WHERE at >= %L AND at < %L RETURNING *) '
            'INSERT INTO public.%I SELECT * FROM moved', parent || '_rest', start, until, partition
        );
        EXECUTE format(
            'ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
            parent, partition, start, until
        );
        made := true;
    END LOOP;
    RETURN made;
END $$;
"""

# As in 0005, and not before the month is over.
DETACH = """
CREATE OR REPLACE FUNCTION audit_detach_partition(day date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    until timestamptz := (date_trunc('month', day::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
    parent text;
    partition text;
BEGIN
    IF until > clock_timestamp() THEN
        RAISE EXCEPTION 'The month of % is not over.', day;
    END IF;
    FOREACH parent IN ARRAY ARRAY['audit_entry', 'audit_payload'] LOOP
        partition := parent || to_char(day, '_YYYY_MM');
        IF to_regclass(format('public.%I', partition)) IS NULL THEN
            RETURN false;
        END IF;
        EXECUTE format('ALTER TABLE public.%I DETACH PARTITION public.%I', parent, partition);
        EXECUTE format('ALTER TABLE public.%I SET SCHEMA detached', partition);
        EXECUTE format('GRANT SELECT ON detached.%I TO %I', partition, session_user);
    END LOOP;
    RETURN true;
END $$;
"""

# As in 0005, also of months that were detached; when that was says the database.
REDACT = """
DROP FUNCTION audit_redact(bigint, uuid, uuid, text, uuid, inet, timestamptz);
CREATE FUNCTION audit_redact(
    of_entry bigint, about uuid, by uuid, doing text, known_as uuid, from_address inet
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    place text;
    went bigint;
    gone bigint := 0;
BEGIN
    IF (of_entry IS NULL) = (about IS NULL) THEN
        RAISE EXCEPTION 'Either one entry is redacted or all about one person.';
    END IF;
    FOR place IN
        SELECT 'public.audit_payload' UNION ALL
        SELECT format('detached.%I', relname) FROM pg_class
        WHERE relnamespace = 'detached'::regnamespace AND relkind = 'r' AND relname ~ '^audit_payload_[0-9]{4}_[0-9]{2}$'
    LOOP
        IF of_entry IS NOT NULL THEN
            EXECUTE format('DELETE FROM %s WHERE entry_id = $1', place) USING of_entry;
        ELSE
            EXECUTE format('DELETE FROM %s WHERE key_of = $1', place) USING about;
        END IF;
        GET DIAGNOSTICS went = ROW_COUNT;
        gone := gone + went;
    END LOOP;
    IF gone > 0 THEN
        INSERT INTO public.audit_entry (at, kind, verb, actor, object_type, subject, correlation, address, redacts)
        VALUES (
            clock_timestamp(), 'redacted', doing, by, 'audit.entry', about, known_as, from_address, of_entry
        );
    END IF;
    RETURN gone;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0008_migrated"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(statements) for statements in (TIMES, MAKE, DETACH, REDACT)],
            state_operations=[
                migrations.AlterField(
                    "entry", "redacts", models.BigIntegerField(db_default=Value(None), null=True)
                ),
            ],
        ),
    ]
