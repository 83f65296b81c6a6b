"""After a restore from a dump the sealer must count on, although the new cluster's transactions begin anew."""

from typing import Any

from django.db import connection
from django.utils import timezone

from audit.actions.restamp_entries import restamp_entries
from audit.agents import Agent
from audit.management.operator import OperatorCommand
from audit.sealing.stored import last_seal
from config.owner import as_owner


class Command(OperatorCommand):
    help = (
        "Run once after restoring a dump into another cluster, before the house starts: its transactions have lower "
        "numbers than those that were sealed, and the sealer would pass new entries by. Those that were written before "
        "this is run are made to be found. Running it twice changes nothing. Not needed where the cluster was copied."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Lift the numbers by which `audit_stamp` counts over the last that was sealed, and those of entries below."""
        with as_owner():
            horizon = _lift()
            passed_by = restamp_entries(by=Agent.OPERATOR, now=timezone.now())
        if horizon is not None:
            self.stdout.write(f"Transactions are counted from {horizon} on.")
        if passed_by:
            self.stdout.write(f"Entries that were written before, and are sealed with the next: {passed_by}.")
        if horizon is None and not passed_by:
            self.stdout.write("Nothing to do: transactions are counted on.")


def _lift() -> int | None:
    """From where transactions are counted now; None where they were counted on anyway."""
    # From the oldest that is open, in whichever database: no later seal may know of an older one than the last did.
    seal = last_seal()
    horizon = seal.horizon if seal else 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_stamp(pg_snapshot_xmin(now)), pg_snapshot_xmin(now)::text::bigint"
            " FROM pg_current_snapshot() AS now"
        )
        counted, number = cursor.fetchone()
        if counted >= horizon:
            return None
        cursor.execute(
            "CREATE OR REPLACE FUNCTION audit_stamp(number xid8) RETURNS bigint LANGUAGE sql IMMUTABLE"
            f" PARALLEL SAFE AS $$ SELECT number::text::bigint + {int(horizon - number)} $$"
        )
    return horizon
