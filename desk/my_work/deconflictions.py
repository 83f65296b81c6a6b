"""What FIMU has to answer before anybody is contacted."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.permissions import Permission, agencies_where
from agencies.working_days import end_of
from desk.my_work.shape import NOT_CLEARED, Pile, Row, Section, due_at, pile_of
from triage.models import Deconfliction, GatewayAssessment
from triage.selectors import disputed, to_answer
from triage.urgent import held_near, unanswered, without_analysts


def deconflictions_to_answer(reader: User, *, now: datetime) -> Pile | None:
    """Referrals of the reader's police agencies about which FIMU has not answered: due by the local target."""
    agencies = [agency for agency in agencies_where(reader, Permission.DECONFLICTION_ANSWER) if agency.is_police]
    if not agencies:
        return None
    return pile_of(
        _("Deconflictions to answer"),
        to_answer(reader),
        lambda row: _to_answer(row, agencies[0], now=now),
        more=reverse("triage:deconflictions"),
    )


def answers_disputed(reader: User, *, now: datetime) -> Pile | None:
    """What the reader's FIMU answered, where an officer disagrees and has proposed an outcome."""
    if not any(agency.is_police for agency in agencies_where(reader, Permission.DECONFLICTION_ANSWER)):
        return None
    title = _("An officer disagrees with what you answered")
    return pile_of(title, disputed(reader), _disputed, more=reverse("triage:deconflictions"))


def held_near_review(reader: User, *, now: datetime) -> Pile | None:
    """Answers to the reader's police desk that hold contact, whose review date is near."""
    agencies = [agency for agency in agencies_where(reader, Permission.URGENCY_SEE) if agency.is_police]
    if not agencies:
        return None
    return pile_of(
        _("Contact held, review near"),
        held_near(reader, now=now),
        lambda row: _near(row, agencies[0], now=now),
        more=reverse("triage:police-desk"),
    )


def deconflictions_unanswered(reader: User, *, now: datetime) -> Pile | None:
    """What FIMU has not answered in time, for the others of the reader's police desk: until then contact is held."""
    agencies = {agency.pk: agency for agency in agencies_where(reader, Permission.URGENCY_SEE) if agency.is_police}
    if not agencies:
        return None
    alone = {agency.pk for agency in without_analysts(reader, now=now)}

    def row(each: Any) -> Row:
        agency = agencies.get(each.answering) or next(iter(agencies.values()))
        return _unanswered(each, agency, nobody=each.answering in alone, now=now)

    title = _("FIMU has not answered in time")
    return pile_of(title, unanswered(reader, now=now), row, more=reverse("triage:police-desk"))


def _unanswered(row: Deconfliction, agency: Agency, *, nobody: bool, now: datetime) -> Row:
    why = _("FIMU has not answered in time whether anybody may be contacted. Until then contact is held.")
    alone = _("Your agency has nobody who answers for FIMU. Until FIMU has answered, contact is held.")
    invite = _("Ask your system administrator to invite a FIMU analyst")
    return Row(
        Section.DUE,
        row.referral.reference,
        reverse("desk:referral", args=[row.referral_id]),
        next_step=invite if nobody else _("Ask FIMU of your agency when it answers"),
        why=alone if nobody else why,
        owner=_("Nobody") if nobody else _("FIMU of your agency"),
        since=row.opened_at,
        listed=(row.referral_id,),
        about=row.person.name,
        due=due_at(row.due, agency, now=now),
        tags=(NOT_CLEARED,),
        immediate=row.referral.immediate,
    )


def _near(row: Deconfliction, agency: Agency, *, now: datetime) -> Row:
    return Row(
        Section.DUE,
        row.referral.reference,
        reverse("triage:ask-for-deconfliction", args=[row.referral_id]),
        next_step=_("See whether contact must be held still; ask FIMU before, if it need not"),
        why=_("Contact is held, and the review date is near."),
        owner=_("Your police desk"),
        since=row.answered_at or row.opened_at,
        listed=(row.referral_id,),
        about=row.person.name,
        due=due_at(end_of(row.review_due), agency, now=now, local=False) if row.review_due else None,
        tags=(NOT_CLEARED,),
    )


def _disputed(row: GatewayAssessment) -> Row:
    return Row(
        Section.DUE,
        row.referral.reference,
        reverse("triage:deconfliction", args=[row.weighed_id]),
        next_step=_("Read what you answered, and ask for it to be looked at again if it does not hold"),
        why=_("An officer disagrees with what you answered, and two supervisors are to sign."),
        owner=_("FIMU of your agency"),
        since=row.proposed_at or row.written_at,
        listed=(row.referral_id,),
        about=row.person.name,
    )


def _to_answer(row: Deconfliction, agency: Agency, *, now: datetime) -> Row:
    return Row(
        Section.NEW,
        row.referral.reference,
        reverse("triage:deconfliction", args=[row.pk]),
        next_step=_("Answer whether anybody may be contacted"),
        why=row.get_cause_display(),
        owner=_("FIMU of your agency"),
        since=row.opened_at,
        listed=(row.referral_id,),
        about=row.person.name,
        due=due_at(row.due, agency, now=now),
        tags=(NOT_CLEARED,),
        immediate=row.referral.immediate,
    )
