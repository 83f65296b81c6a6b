"""Agencies are told by e-mail that something about a referral was put right: its reference, and where to read it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from agencies.actions.send_notice import send_notice
from agencies.kept_mail import only_told
from agencies.models import Agency, NoticeKind
from audit.action import action
from audit.actors import Actor
from referrals.links import referral_link
from referrals.models import Referral


@action
def tell_agencies(
    *,
    kind: NoticeKind,
    about: UUID,
    referral: Referral,
    agencies: Iterable[Agency],
    other: Referral | None = None,
    urgent: bool = False,
    by: Actor,
    now: datetime,
) -> None:
    """Queue one e-mail to each agency that has a mailbox; where it is `urgent`, to its duty contact as well.

    `about` is the row that came of it (an offer, a join): an agency hears of one kind of thing about it once.
    Of two referrals it tells of the `other` too, without its reference: where one of them is kept from some, only those
    are told who may know of both.
    Raises Forbidden when `by` may not cause mail.
    """
    tells_of = [each.pk for each in (referral, other) if each]
    details = {"reference": referral.reference, "link": referral_link(referral.pk)}
    for agency in sorted(agencies, key=lambda agency: agency.pk):
        few = only_told(agency, tells_of)
        mailboxes = [agency.email, agency.duty_email if urgent else ""]
        addresses = mailboxes if few is None else [user.email for user in few]
        for number, address in enumerate(dict.fromkeys(address for address in addresses if address)):
            send_notice(
                kind=kind,
                about=about,
                tells_of=tells_of,
                agency=agency,
                address=address,
                details=details,
                once=f"{kind}:{about}:{agency.pk}:{number}",
                by=by,
                now=now,
            )
