"""What is wrong with the sealing itself: looked for by others than the sealer, who would be silent about it."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audit.models import Entry, Leaf, Publication, Seal, Verification
from audit.partitions import lie_in_the_rest, missing_months
from audit.sealing import places
from audit.sealing.agreeing import check_agrees
from audit.sealing.stored import last_seal

# Local settings. The sealer comes every two seconds; what a place takes once an hour is not late before.
BEHIND = timedelta(minutes=1)
LATE = timedelta(minutes=10)
# So many of the newest that should be sealed are looked at each time; and of all, a stretch of so many numbers, each
# minute the next, so that what was passed by is found again until it is mended. Of 20 million, each thrice a day.
NEWEST = 1000
STRETCH = 50_000


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
        Trouble.BEHIND: is_behind(now=now) or _is_passed_by(now),
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


def is_behind(*, now: datetime) -> bool:
    """Whether one of the newest entries has waited for too long. A query of milliseconds."""
    newest = Entry.objects.filter(at__lt=now - BEHIND).order_by("-id").values("pk")[:NEWEST]
    return _without_a_leaf(Entry.objects.filter(pk__in=newest), Leaf.objects.all(), now)


def _is_passed_by(now: datetime) -> bool:
    """Whether an entry of this minute's stretch was left behind, whatever has been sealed since."""
    ends = Entry.objects.aggregate(first=Min("id"), last=Max("id"))
    if ends["first"] is None:
        return False
    stretches = (ends["last"] - ends["first"]) // STRETCH + 1
    start = ends["first"] + int(now.timestamp() // 60) % stretches * STRETCH
    end = min(start + STRETCH - 1, ends["last"])
    # Said of both, so that both are read by their numbers.
    return _without_a_leaf(
        Entry.objects.filter(id__range=(start, end)), Leaf.objects.filter(entry__range=(start, end)), now
    )


def _without_a_leaf(entries: QuerySet[Entry], leaves: QuerySet[Leaf], now: datetime) -> bool:
    seal = last_seal()
    # The sealer does not come back to what is below its horizon, however young it says it is.
    late = Q(at__lt=now - BEHIND) | Q(stamp__lt=seal.horizon if seal else 0)
    sealed = Exists(leaves.filter(entry=OuterRef("pk"), at=OuterRef("at")))
    return entries.filter(~sealed, late).exists()


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
