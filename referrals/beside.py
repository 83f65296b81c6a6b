"""What stands beside a referral and puts mistakes with it right, as one reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Q

from agencies.models import RESTRICTED_KINDS, User
from agencies.permissions import Permission, agencies_where
from agencies.restricted import works_at_restricted_desk
from audit.keys import load_keys
from audit.models import Recorded
from referrals.models import Detachment, Dispatch, DocumentDetachment, Join, NoteDetachment, Offer, Referral, Withdrawal
from referrals.selectors import dispatches_of
from referrals.states import DispatchState


@dataclass(frozen=True)
class Joined:
    """A join as seen from one of its referrals: the other one, which the reader has as well."""

    join: Join
    other: Referral


@dataclass(frozen=True)
class Beside:
    """Everything that was put right about one referral, the oldest first."""

    former: list[Dispatch] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    detachments: list[Detachment] = field(default_factory=list)
    notes: list[NoteDetachment] = field(default_factory=list)
    documents: list[DocumentDetachment] = field(default_factory=list)
    joins: list[Joined] = field(default_factory=list)
    withdrawals: list[Withdrawal] = field(default_factory=list)

    def rows(self) -> list[Recorded]:
        """Every row of it that events and e-mails can be about."""
        joins = [each.join for each in self.joins]
        return [*self.offers, *self.detachments, *self.notes, *self.documents, *joins, *self.withdrawals]

    @property
    def joined(self) -> list[Joined]:
        """The joins that hold."""
        return [each for each in self.joins if each.join.undone_at is None]

    @property
    def open_offers(self) -> list[Offer]:
        """The offers that wait for an answer: one for each side at most."""
        return [offer for offer in self.offers if offer.is_open]

    @property
    def withdrawal(self) -> Withdrawal | None:
        """The latest report that it was withdrawn or sent in error."""
        return self.withdrawals[-1] if self.withdrawals else None


def beside(reader: User, referral: Referral, *, needed: Permission = Permission.DISPATCH_READ) -> Beside:
    """What the reader may know, with names at hand. Eight queries however much there is.

    Of a join with a referral that the reader has not, and of a detached note that was not for them, nothing is said.
    An agency's own system `needed` another permission.
    """
    offers = _offers(referral)
    return Beside(
        former=list(
            referral.dispatches.filter(state=DispatchState.TRANSFERRED)
            .select_related("agency", "acknowledged_by")
            .order_by("sent_at", "id")
        ),
        offers=offers,
        detachments=_detachments(referral),
        notes=_note_detachments(reader, referral),
        documents=_document_detachments(referral),
        joins=_joins(reader, referral, needed),
        withdrawals=_withdrawals(referral),
    )


def _offers(referral: Referral) -> list[Offer]:
    found = Offer.objects.filter(dispatch__referral=referral).order_by("offered_at", "id")
    offers = list(found.select_related("dispatch__agency", "agency", "offered_by", "closed_by"))
    for offer in offers:
        offer.dispatch.referral = referral
    return offers


def _detachments(referral: Referral) -> list[Detachment]:
    found = referral.detachments.select_related("detached_by").order_by("detached_at", "id")
    return list(found)


def _note_detachments(reader: User, referral: Referral) -> list[NoteDetachment]:
    theirs = agencies_where(reader, Permission.DISPATCH_READ)
    known = Q(note__agency__in=theirs) | Q(note__readers="recipients")
    if not works_at_restricted_desk(reader):
        known &= ~Q(note__agency__kind__in=RESTRICTED_KINDS)
    found = NoteDetachment.objects.filter(known, note__referral=referral).order_by("detached_at", "id")
    rows = list(found.select_related("note__agency", "detached_by", "became"))
    for row in rows:
        row.note.referral = referral
    return rows


def _document_detachments(referral: Referral) -> list[DocumentDetachment]:
    rows = list(DocumentDetachment.objects.filter(referral=referral).order_by("detached_at", "id"))
    for row in rows:
        row.referral = referral
    return rows


def _joins(reader: User, referral: Referral, needed: Permission) -> list[Joined]:
    theirs = dispatches_of(reader, needed=needed).values("referral_id")
    as_earlier = Q(earlier=referral, later__in=theirs)
    as_later = Q(later=referral, earlier__in=theirs)
    found = Join.objects.filter(as_earlier | as_later).order_by("joined_at", "id")
    rows = list(found.select_related("earlier", "later", "joined_by", "undone_by"))
    load_keys({row.later.person_id for row in rows})
    return [Joined(row, row.later if row.earlier_id == referral.pk else row.earlier) for row in rows]


def _withdrawals(referral: Referral) -> list[Withdrawal]:
    rows = list(referral.withdrawals.select_related("agency", "decided_by", "resumed_by").order_by("reported_at", "id"))
    for row in rows:
        row.referral = referral
    return rows


_CONCERNS = """
WITH RECURSIVE reached (start, id) AS (
    SELECT asked, asked FROM unnest(%s::uuid[]) AS asked
    UNION
    SELECT reached.start, CASE WHEN j.earlier_id = reached.id THEN j.later_id ELSE j.earlier_id END
    FROM reached JOIN referrals_join j ON j.undone_at IS NULL AND reached.id IN (j.earlier_id, j.later_id)
)
SELECT start, min(id::text)::uuid FROM reached GROUP BY start
"""


def concerns(referral_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Each of the referrals, and the id under which its concern is counted: the same for those that are joined.

    Joined is whatever a chain of joins connects, also through referrals that were not asked about. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CONCERNS, [list(referral_ids)])
        return dict(cursor.fetchall())


def count_concerns(referral_ids: Iterable[UUID]) -> int:
    """How many concerns the referrals are: whoever counts repeats counts these, so that joined ones are one."""
    return len(set(concerns(referral_ids).values()))
