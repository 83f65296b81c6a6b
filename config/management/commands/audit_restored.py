"""After a restore from a dump the sealer must count on, although the new cluster's transactions begin anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from audit.sealing.stored import last_seal
from config.owner import as_owner


class Command(BaseCommand):
    help = (
        "Run once after restoring a dump into another cluster, before the house starts: its transactions have lower "
        "numbers than those that were sealed, and the sealer would pass new entries by. Running it twice changes "
        "nothing. Not needed where the cluster itself was copied."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Lift the numbers by which `audit_stamp` counts over the last that was sealed."""
        seal = last_seal()
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT audit_stamp(pg_snapshot_xmax(now)), pg_snapshot_xmax(now)::text::bigint"
                " FROM pg_current_snapshot() AS now"
            )
            counted, number = cursor.fetchone()
            horizon = seal.horizon if seal else 0
            if counted >= horizon:
                self.stdout.write("Nothing to do: transactions are counted on.")
                return
            lift = horizon - number
            cursor.execute(
                "CREATE OR REPLACE FUNCTION audit_stamp(number xid8) RETURNS bigint LANGUAGE sql IMMUTABLE"
                f" PARALLEL SAFE AS $$ SELECT number::text::bigint + {int(lift)} $$"
            )
        self.stdout.write(f"Transactions are counted from {horizon} on.")
