"""What took an entry's words away is found by the entry's number, however long the ledger is."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0009_guards"),
    ]

    operations = [
        migrations.AddIndex(
            "entry", models.Index(fields=["redacts"], name="entry_redacts", condition=Q(redacts__isnull=False))
        ),
    ]
