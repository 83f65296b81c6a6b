"""An old month of the ledger leaves the tables that the house writes to. Nothing is deleted."""

from datetime import UTC, date, datetime, time

from django.db import OperationalError, connection
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from psycopg.errors import LockNotAvailable

from audit.action import action
from audit.actors import Actor
from audit.ledger import write_entry
from audit.models import Entry, Leaf
from audit.partitions import months_from
from audit.permissions import check_operates
from audit.refusals import NotNow

PATIENCE = "3s"


@action
def detach_month(*, month: date, by: Actor, now: datetime) -> None:
    """Put a month beside: `audit_verify` and proofs still read it there, pages do not.

    Raises:
        Forbidden: `by` is no operator.
        NotNow: it is not over for a month, something in it is not sealed, there is no such month, or somebody reads the
            ledger for longer than others can be let wait.
    """
    check_operates(by)
    start, after, latest = months_from(month, 3)
    if latest > now.date():
        raise NotNow(_("A month is detached when another whole month has passed."))
    sealed = Leaf.objects.filter(entry=OuterRef("pk"))
    if Entry.objects.filter(~Exists(sealed), at__gte=_midnight(start), at__lt=_midnight(after)).exists():
        raise NotNow(_("Something in it is not sealed yet."))
    if not _detached(start):
        raise NotNow(_("There is no such month of the ledger."))
    write_entry(Entry.Kind.CHANGED, object_type=Entry._meta.label_lower, details={"detached": f"{start:%Y-%m}"})


def _detached(month: date) -> bool:
    """Whether it is detached now. Who waits for those that read keeps everybody waiting who writes, so not for long."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = %s", [PATIENCE])
            cursor.execute("SELECT audit_detach_partition(%s)", [month])
            return bool(cursor.fetchone()[0])
    except OperationalError as fault:
        if not isinstance(fault.__cause__, LockNotAvailable):
            raise
        raise NotNow(_("Somebody is reading the ledger, such as a verification. Try again when it is over.")) from None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
