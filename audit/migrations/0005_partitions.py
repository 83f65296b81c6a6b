"""The ledger in monthly partitions, each entry with the number of its transaction.

What is made here and not in the models: tables are partitioned, and owner's work at run time goes through functions
that run as the owner and do one thing each. `audit_stamp` counts transactions; after a restore into another cluster,
whose transactions have lower numbers, `manage.py audit_restored` lifts it.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import audit.models.entry

STAMP = """
CREATE FUNCTION audit_stamp(number xid8) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT number::text::bigint + 0 $$;
"""

ENTRIES = """
CREATE SEQUENCE audit_entry_number AS bigint;
CREATE TABLE audit_entry_new (
    LIKE audit_entry,
    stamp bigint NOT NULL DEFAULT audit_stamp(pg_current_xact_id()),
    redacts bigint
) PARTITION BY RANGE (at);
ALTER TABLE audit_entry_new ALTER id SET DEFAULT nextval('audit_entry_number'), ADD PRIMARY KEY (id, at);
CREATE TABLE audit_entry_rest PARTITION OF audit_entry_new DEFAULT;
INSERT INTO audit_entry_new SELECT *, audit_stamp(pg_current_xact_id()), NULL FROM audit_entry;
SELECT setval('audit_entry_number', coalesce(max(id), 0) + 1, false) FROM audit_entry;
"""

PAYLOADS = """
CREATE TABLE audit_payload_new (
    entry_id bigint NOT NULL,
    key_of uuid NOT NULL,
    sealed bytea NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (entry_id, at)
) PARTITION BY RANGE (at);
CREATE TABLE audit_payload_rest PARTITION OF audit_payload_new DEFAULT;
INSERT INTO audit_payload_new (entry_id, key_of, sealed, at)
    SELECT payload.entry_id, payload.key_of, payload.sealed, entry.at
    FROM audit_payload payload JOIN audit_entry entry ON entry.id = payload.entry_id;
"""

IN_PLACE = """
DROP TABLE audit_payload;
DROP TABLE audit_entry;
ALTER TABLE audit_entry_new RENAME TO audit_entry;
ALTER TABLE audit_payload_new RENAME TO audit_payload;
ALTER SEQUENCE audit_entry_number OWNED BY audit_entry.id;
CREATE INDEX entry_object ON audit_entry (object_id, id);
CREATE INDEX entry_subject ON audit_entry (subject, id);
CREATE INDEX entry_actor ON audit_entry (actor, id);
CREATE INDEX entry_stamp ON audit_entry (stamp);
CREATE INDEX entry_at ON audit_entry USING brin (at);
CREATE INDEX payload_key_of ON audit_payload (key_of);
"""

# A month is one of UTC. What came before its partition was made lies in the rest, and moves.
MAKE = """
CREATE FUNCTION audit_make_partition(day date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
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
        EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS)', partition, parent);
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

# Detached, never deleted: the month lies beside, to be read by whoever verifies and to be archived by its owner.
DETACH = """
CREATE SCHEMA detached;
CREATE FUNCTION audit_detach_partition(day date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    parent text;
    partition text;
BEGIN
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

# Takes payloads away, of one entry or of all about a person, and says so on the ledger in the same breath.
REDACT = """
CREATE FUNCTION audit_redact(
    of_entry bigint, about uuid, by uuid, doing text, known_as uuid, from_address inet, now timestamptz
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    IF (of_entry IS NULL) = (about IS NULL) THEN
        RAISE EXCEPTION 'Either one entry is redacted or all about one person.';
    END IF;
    IF of_entry IS NOT NULL THEN
        DELETE FROM public.audit_payload WHERE entry_id = of_entry;
    ELSE
        DELETE FROM public.audit_payload WHERE key_of = about;
    END IF;
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone > 0 THEN
        INSERT INTO public.audit_entry (at, kind, verb, actor, object_type, subject, correlation, address, redacts)
        VALUES (now, 'redacted', doing, by, 'audit.entry', about, known_as, from_address, of_entry);
    END IF;
    RETURN gone;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0004_operations"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(statements)
                for statements in (STAMP, ENTRIES, PAYLOADS, IN_PLACE, MAKE, DETACH, REDACT)
            ],
            state_operations=[
                migrations.AddField("entry", "stamp", models.BigIntegerField(db_default=audit.models.entry.Stamp())),
                migrations.AddField("entry", "redacts", models.BigIntegerField(null=True)),
                migrations.AlterField(
                    "payload",
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="payload",
                        serialize=False,
                        to=settings.AUDITLOG_LOGENTRY_MODEL,
                    ),
                ),
                migrations.AddField("payload", "at", models.DateTimeField(), preserve_default=False),
                migrations.AddIndex("entry", models.Index(fields=["stamp"], name="entry_stamp")),
                migrations.AddIndex(
                    "entry", django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="entry_at")
                ),
                migrations.AddIndex("payload", models.Index(fields=["key_of"], name="payload_key_of")),
            ],
        ),
    ]
