"""What is wrong with the sealing itself: looked for by others than the sealer, who would be silent about it."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from audit.models import Entry, Leaf, Publication, Seal, Verification
from audit.partitions import lie_in_the_rest, missing_months
from audit.sealing import places
from audit.sealing.agreeing import check_agrees

# Local settings. The sealer comes every two seconds; what a place takes once an hour is not late before.
BEHIND = timedelta(minutes=1)
LATE = timedelta(minutes=10)
# So many of the newest that should be sealed are looked at: what is older was, when it was among them.
NEWEST = 1000


class Trouble(models.TextChoices):
    """What an operator must see to."""

    BEHIND = "behind", _("Entries have waited for their seal for more than a minute")
    NOT_PUBLISHED = "not_published", _("Checkpoints do not reach the second place")
    NOT_AS_SEALED = "not_as_sealed", _("The ledger is not what was sealed")
    CONTRADICTED = "contradicted", _("The second place holds checkpoints of another ledger than this one is now")
    CLOCK = "clock", _("A seal or a checkpoint is dated ahead: a clock is wrong")
    NO_MONTH = "no_month", _("The next month of the ledger has no partition")


def troubles(*, now: datetime) -> list[Trouble]:
    """What is wrong now. Few queries, however long the ledger is."""
    found = {
        Trouble.BEHIND: _is_behind(now),
        Trouble.NOT_PUBLISHED: _is_not_published(now),
        Trouble.NOT_AS_SEALED: _is_not_as_sealed(),
        Trouble.CONTRADICTED: _is_contradicted(),
        Trouble.CLOCK: _is_dated_ahead(now),
        Trouble.NO_MONTH: bool(missing_months(now=now)) or lie_in_the_rest(),
    }
    return [trouble for trouble, is_so in found.items() if is_so]


def _is_not_as_sealed() -> bool:
    last: Verification | None = Verification.objects.filter(done__isnull=False).order_by("-done").first()
    return last is not None and not last.is_ok


def _is_behind(now: datetime) -> bool:
    newest = Entry.objects.filter(at__lt=now - BEHIND).order_by("-id").values("pk")[:NEWEST]
    sealed = Exists(Leaf.objects.filter(entry=OuterRef("pk")))
    return Entry.objects.filter(~sealed, pk__in=newest).exists()


def _is_not_published(now: datetime) -> bool:
    last = Publication.objects.first()
    waiting = Seal.objects.filter(size__gt=last.size if last else 0, at__lt=now - LATE).exists()
    return waiting and not places.waits(last.at if last else None, now - LATE)


def _is_contradicted() -> bool:
    try:
        check_agrees()
    except places.Contradicted:
        return True
    except OSError:
        pass  # a place that is away is told of as one that nothing reaches
    return False


def _is_dated_ahead(now: datetime) -> bool:
    newest = (Seal.objects.first(), Publication.objects.first())
    return any(each is not None and each.at > now + BEHIND for each in newest)
