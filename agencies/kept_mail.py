"""Whom of an agency mail may tell of what is kept from some: asked as it is queued, and again as it is sent."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from agencies.models import Agency, Notice, NoticeKind, Restriction, User
from agencies.restricted import hidden_from, may_know
from agencies.selectors import colleagues

# Says something of its one reader, so that nobody else is told it instead.
OF_ITS_READER = frozenset({NoticeKind.NOBODY_TO_NAME, NoticeKind.REFERRAL_OPENED, NoticeKind.SUCCESSOR_NAMED})


def only_told(agency: Agency, about: Collection[UUID]) -> list[User] | None:
    """The colleagues who alone may be told of these referrals; None where the mailbox may be, which all of them read.

    Nobody of an agency that has lost one of them to the restricted desks. One query where nothing is restricted.
    """
    standing = list(Restriction.objects.filter(about__in=about, released_at=None).only("closed"))
    closed = [each.closed for each in standing]
    if not closed:
        return None
    if not agency.is_restricted and not all(closed):
        return []
    everybody = list(colleagues(agency, on=timezone.localdate()))
    able = everybody
    for each in about:
        able = may_know(each, able)
    return None if able == everybody and not any(closed) else able


def may_be_told(notice: Notice) -> bool:
    """Whether its reader may know now of what an e-mail tells of: the holder of an account, else all at the agency.

    Mail that is no agency's goes to whoever made the referral.
    """
    agency = notice.agency
    few = only_told(agency, notice.tells_of) if agency is not None else None
    if agency is None or few is None:
        return True
    reader = User.objects.filter(email__iexact=notice.address, is_system=False).first()
    if reader is None or _has_left(agency, notice.tells_of):
        return False
    kept = hidden_from(reader, to_read=notice.kind == NoticeKind.REFERRAL_OPENED)
    return not kept.filter(about__in=notice.tells_of).exists()


def told_instead(notice: Notice) -> list[User]:
    """Whom of its agency to tell in place of a reader who may not know of it any more, and who have not heard of it."""
    if notice.agency is None or notice.kind in OF_ITS_READER:
        return []
    able = only_told(notice.agency, notice.tells_of) or []
    others = Notice.objects.filter(kind=notice.kind, about=notice.about).exclude(pk=notice.pk) if able else []
    told = {each.address.lower() for each in others}
    return [user for user in able if user.email.lower() not in told]


def _has_left(agency: Agency, about: Collection[UUID]) -> bool:
    """Whether the restricted desks have one of these referrals now, and the agency is none of them."""
    at_the_desks = Restriction.objects.filter(about__in=about, closed=False, released_at=None)
    return not agency.is_restricted and at_the_desks.exists()
