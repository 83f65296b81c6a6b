"""The police desk that has a referral hears at once that something went ahead before contact was cleared."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.actions.send_notice import send_notice
from agencies.kept_mail import only_told
from agencies.models import Agency, NoticeKind
from agencies.permissions import Permission
from agencies.restricted import excluded_from
from agencies.selectors import holding
from audit.action import action
from audit.actors import Actor
from people.models import Urgency
from referrals.models import Referral
from referrals.selectors import agencies_having
from triage.links import urgency_link


@action
def alert_about_urgency(*, urgency_id: UUID, by: Actor, now: datetime) -> None:
    """Queue one e-mail to its mailbox, its duty contact and each of its FIMU analysts: reference and link only.

    Of what is kept to named people those are told, and the analysts, in place of the mailbox.

    Raises:
        Urgency.DoesNotExist: there is none with this id.
        Forbidden: `by` may not cause mail.
    """
    row = Urgency.objects.get(pk=urgency_id)
    for referral in Referral.objects.filter(person=row.person_id):
        details = {"reference": referral.reference, "link": urgency_link(row.pk)}
        for agency in agencies_having(referral):
            for number, address in enumerate(_addresses(agency, referral) if agency.is_police else []):
                send_notice(
                    kind=NoticeKind.PROCEEDED_URGENTLY, about=row.pk, tells_of=[referral.pk], agency=agency,
                    address=address, details=details, once=f"urgency:{row.pk}:{agency.pk}:{number}", by=by, now=now,
                )  # fmt: skip


def _addresses(agency: Agency, referral: Referral) -> list[str]:
    few = only_told(agency, [referral.pk])
    told = [agency.email, agency.duty_email] if few is None else [user.email for user in few]
    return [address for address in dict.fromkeys([*told, *_analysts(agency, referral.pk)]) if address]


def _analysts(agency: Agency, referral_id: UUID) -> list[str]:
    kept = set(excluded_from(referral_id).values_list("user_id", flat=True))
    able = holding(agency, Permission.DECONFLICTION_ANSWER, on=timezone.localdate())
    return [user.email for user in able if user.pk not in kept and not user.is_system]
