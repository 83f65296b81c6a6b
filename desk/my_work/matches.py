"""Possible matches: likely ones to decide about, what other areas ask, and what one's own agencies have asked."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.permissions import Permission, agencies_where, can
from agencies.selectors import all_targets
from agencies.working_days import calendar_of
from desk.matches import ShownMatch, asked_by, askings_for, shown, waiting_for
from desk.my_work.shape import SHOWN, Due, Pile, Row, Section, due_at
from people.models import MatchAsking, MatchBand
from referrals.models import Referral

Words = str | Promise
WHOEVER = _("Whoever of you decides first")


def likely_matches(reader: User, *, now: datetime) -> Pile | None:
    """Likely matches that nobody has decided, or asked about: due by the local target, from when they began to wait."""
    agencies = agencies_where(reader, Permission.MATCH_DECIDE) or agencies_where(reader, Permission.MATCH_CHECK)
    if not agencies or not can(reader, Permission.MATCH_READ):
        return None
    rows = shown(waiting_for(reader, band=MatchBand.LIKELY))
    decide_by = _deadline(agencies[0], now=now)
    return Pile(
        _("Likely matches"),
        [_match(row, decide_by(row.match.since)) for row in rows[:SHOWN]],
        reverse("desk:matches") if len(rows) > SHOWN else "",
    )


def askings_to_answer(reader: User, *, now: datetime) -> Pile | None:
    """What other areas ask about the persons whom the reader's agencies have."""
    agencies = agencies_where(reader, Permission.MATCH_DECIDE)
    if not agencies or not can(reader, Permission.MATCH_READ):
        return None
    found = askings_for(reader)
    told, answer_by = _referrals(found), _deadline(agencies[0], now=now)
    rows = [
        _asking(
            asking,
            told[asking.about_id],
            Section.NEW,
            step=_("Accept or decline"),
            why=_("Another area has somebody who may be the same person as one of yours, and asks to see more."),
            owner=WHOEVER,
            due=answer_by(asking.asked_at),
        )
        for asking in found[:SHOWN]
        if asking.about_id in told
    ]
    return Pile(_("Other areas ask"), rows, reverse("desk:matches") if len(found) > SHOWN else "")


def askings_made(reader: User, *, now: datetime) -> Pile | None:
    """What the reader's agencies have asked other areas, and is not answered."""
    if not can(reader, Permission.MATCH_DECIDE) or not can(reader, Permission.MATCH_READ):
        return None
    found = asked_by(reader)
    told = _referrals(found, ours=True)
    rows = [
        _asking(
            asking,
            told[asking.theirs],
            Section.WAITING,
            step=_("Wait, or withdraw it"),
            why=_("Your agency asked another area to show more of somebody who may be the same person."),
            owner=_("The other area"),
        )
        for asking in found[:SHOWN]
        if asking.theirs in told
    ]
    return Pile(_("Asked of other areas"), rows, reverse("desk:matches") if len(found) > SHOWN else "")


def _match(row: ShownMatch, due: Due | None) -> Row:
    known = [each for each in (row.referral, row.other_referral) if each]
    step = _("Say whether they are the same person")
    why = _("It is likely, and must be decided before a referral is closed.")
    if not row.seen.may_say:
        step = _("Ask the other area to show more")
        why = _("Another area has somebody who is likely to be the same person, and nobody has asked about them.")
    return Row(
        Section.NEW,
        str(_(" and ")).join(each.reference for each in known),
        reverse("desk:match", args=[row.match.pk]),
        next_step=step,
        why=why,
        owner=WHOEVER,
        since=row.match.since,
        listed=tuple(each.pk for each in known),
        about=row.mine.name,
        due=due,
    )


def _asking(
    asking: MatchAsking,
    about: Referral,
    section: Section,
    *,
    step: Words,
    why: Words,
    owner: Words,
    due: Due | None = None,
) -> Row:
    return Row(
        section,
        about.reference,
        reverse("desk:match-asking", args=[asking.pk]),
        next_step=step,
        why=why,
        owner=owner,
        since=asking.asked_at,
        listed=(about.pk,),
        about=about.person.name,
        due=due,
    )


def _referrals(askings: list[MatchAsking], *, ours: bool = False) -> dict[UUID, Referral]:
    """The referral of the reader's own side of each asking, by person. One query."""
    persons = [asking.theirs if ours else asking.about_id for asking in askings]
    found = Referral.objects.filter(person__in=persons).select_related("person").order_by("submitted_at")
    return {referral.person_id: referral for referral in found}


def _deadline(agency: Agency, *, now: datetime) -> Callable[[datetime], Due | None]:
    """When the agency decides, by its local target, what began at a moment. One query, whatever is asked of it."""
    targets, calendar = all_targets(), calendar_of(agency.code)
    target = targets.get(agency.pk) or targets[None]
    return lambda began: due_at(target.decide_match_by(began, calendar=calendar), agency, now=now)
