"""Times of seals and publications that can be read: what is infinite would stop those who watch over them."""

from django.db import migrations

READABLE = "CHECK (at >= timestamptz '2000-01-01 00:00Z' AND at < timestamptz '3000-01-01 00:00Z')"


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0010_found_redactions"),
    ]

    operations = [
        migrations.RunSQL(f"ALTER TABLE audit_{table} ADD CONSTRAINT {table}_at_readable {READABLE}")
        for table in ("seal", "publication")
    ]
