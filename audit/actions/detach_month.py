"""An old month of the ledger leaves the tables that the house writes to. Nothing is deleted."""

from datetime import UTC, date, datetime, time

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from audit.action import action
from audit.actors import Actor
from audit.ledger import write_entry
from audit.models import Entry, Leaf
from audit.partitions import months_from
from audit.permissions import check_operates
from audit.refusals import NotNow


@action
def detach_month(*, month: date, by: Actor, now: datetime) -> None:
    """Put a month beside: `audit_verify` and proofs still read it there, pages do not.

    Raises:
        Forbidden: `by` is no operator.
        NotNow: it is not over for a month, something in it is not sealed, or there is no such month.
    """
    check_operates(by)
    start, after, latest = months_from(month, 3)
    if latest > now.date():
        raise NotNow(_("A month is detached when another whole month has passed."))
    sealed = Leaf.objects.filter(entry=OuterRef("pk"))
    if Entry.objects.filter(~Exists(sealed), at__gte=_midnight(start), at__lt=_midnight(after)).exists():
        raise NotNow(_("Something in it is not sealed yet."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_detach_partition(%s)", [start])
        if not cursor.fetchone()[0]:
            raise NotNow(_("There is no such month of the ledger."))
    write_entry(Entry.Kind.CHANGED, object_type=Entry._meta.label_lower, details={"detached": f"{start:%Y-%m}"})


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
