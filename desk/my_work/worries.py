"""What worries referrers about the handling, for those who supervise."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.permissions import Permission, agencies_where
from desk.my_work.shape import NOT_CLEARED, Pile, Row, Section, due_at, pile_of
from referrals.models import Worry
from referrals.worries import worries_to_answer


def worries(reader: User, *, now: datetime) -> Pile | None:
    """What nobody has answered, in agencies in which the reader does: due by the local target."""
    if not agencies_where(reader, Permission.WORRY_ANSWER):
        return None

    def row(worry: Worry) -> Row:
        return Row(
            Section.NEW,
            worry.referral.reference,
            reverse("referrals:answer-worry", args=[worry.pk]),
            next_step=_("Look into what worries the referrer, and say what you found"),
            why=_("You supervise this work, and somebody else does it."),
            owner=_("Those who supervise"),
            since=worry.raised_at,
            listed=(worry.referral_id,),
            about=worry.referral.person.name,
            agency=worry.agency.name,
            due=due_at(worry.due, worry.agency, now=now),
            tags=(NOT_CLEARED,),
        )

    found = worries_to_answer(reader).order_by("due", "id")
    return pile_of(_("Worries of referrers"), found, row, more=reverse("referrals:inbox"))
