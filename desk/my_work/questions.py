"""Questions to referrers: those that were held and can be sent, and those that wait for an answer."""

from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.permissions import Permission, agencies_where
from agencies.selectors import all_targets
from agencies.targets import Targets
from agencies.working_days import calendar_of
from desk.my_work.shape import CLEARED, Due, Pile, Row, Section, Tag, due_at, pile_of
from referrals.asked import ready_to_send, waiting_for_answer
from referrals.models import Question

TEAM = _("Your team")


def questions_to_send(reader: User, *, now: datetime) -> Pile | None:
    """What the reader, or whoever worked it before, wanted to ask, and contact is cleared since. Three queries."""
    if not agencies_where(reader, Permission.REFERRER_ASK):
        return None
    return pile_of(_("Questions that can be sent"), ready_to_send(reader), _to_send, more=reverse("referrals:inbox"))


def questions_sent(reader: User, *, now: datetime) -> Pile | None:
    """What the referrer was asked and has not answered: due by the local target for requests. Two queries."""
    if not agencies_where(reader, Permission.REFERRER_ASK):
        return None
    targets = all_targets()

    def row(question: Question) -> Row:
        return _sent(question, targets.get(question.agency_id) or targets[None], now=now)

    return pile_of(
        _("Questions that referrers answer"), waiting_for_answer(reader), row, more=reverse("referrals:inbox")
    )


def _to_send(question: Question) -> Row:
    return _row(
        question,
        Section.DUE,
        step=_("Send the question to the referrer, or withdraw it"),
        why=_("It was held, and contact is cleared now."),
        why_teams=_("It was held, contact is cleared now, and who asked it works the referral no more."),
        owner=TEAM if _is_teams(question) else _("You"),
        since=question.asked_at,
        tags=(CLEARED,),
    )


def _sent(question: Question, targets: Targets, *, now: datetime) -> Row:
    since = question.released_at or question.asked_at
    due = targets.answer_request_by(since, calendar=calendar_of(question.agency.code))
    sender = question.released_by.name if question.released_by else ""
    return _row(
        question,
        Section.WAITING,
        step=_("The referrer answers; when it is late, see whether they can be reached"),
        why=str(_("{name} sent the question, and there is no answer yet.")).format(name=sender),
        why_teams=str(_("There is no answer yet, and {name}, who sent it, works it no more.")).format(name=sender),
        owner=_("The referrer"),
        since=since,
        due=due_at(due, question.agency, now=now),
    )


def _is_teams(question: Question) -> bool:
    return bool(getattr(question, "teams", False))


def _row(
    question: Question,
    section: Section,
    *,
    step: Promise,
    why: str | Promise,
    why_teams: str | Promise,
    owner: Promise,
    since: datetime,
    tags: tuple[Tag, ...] = (),
    due: Due | None = None,
) -> Row:
    return Row(
        section,
        question.referral.reference,
        reverse("desk:referral", args=[question.referral_id]) + "#referrer",
        next_step=step,
        why=why_teams if _is_teams(question) else why,
        owner=owner,
        since=since,
        listed=(question.referral_id,),
        about=question.referral.person.name,
        agency=question.agency.name,
        tags=tags,
        due=due,
    )
