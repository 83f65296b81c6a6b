"""Referrers in Leeds are talked with: questions in each state, released words, and two worries about the handling."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from agencies.models import User
from audit.agents import Agent
from desk.demonstration.accounts import CODE
from people.clearance import cleared_among
from people.models import PlannedContact
from referrals.actions.answer_question import answer_question
from referrals.actions.answer_worry import answer_worry
from referrals.actions.ask_referrer import ask_referrer
from referrals.actions.begin_visit import begin_visit
from referrals.actions.raise_worry import raise_worry
from referrals.actions.record_succession import record_succession
from referrals.actions.tell_referrer import tell_referrer
from referrals.actions.withdraw_question import withdraw_question
from referrals.dialogue import LINK_KEPT
from referrals.holding import Holder, keyed_hash, new_secret
from referrals.masking import asked_not_to_be_named
from referrals.models import Dispatch, Referral, ReferrerLink, SuccessionCause
from referrals.questions.shapes import WORK
from referrals.reached import address_now
from referrals.reference import hash_contact_code
from referrals.released import Released
from referrals.states import DispatchState
from triage.models import GatewayAssessment

_ASKED = "Which day was it, and who else was in the room?"
_ANSWER = "The second Tuesday of the month, in the library. The librarian sat at the desk and heard it too."
_WAITS = "Has anybody at your school spoken with the parents since you wrote to us?"
_HELD = "Do you know which of the groups he named are on the computer at home?"
_OVERTAKEN = "Is the notebook still with you?"
_HAS_COME = "The head teacher brought the notebook to us this morning."
_WORRY = "I wrote three weeks ago and my pupil asks me every day whether somebody will speak to her."
_ANSWERED = "The officer had been ill and nobody covered. A colleague has taken it on and has read everything."
_CHECKED = "I rang the office by the number on their own website. They say that he left in the summer."
_LATER = "I was telephoned in front of my class. Please ring the office and not the classroom."


def know_the_code(referrals: Iterable[Referral]) -> None:
    """Let every referrer come back with the code that the demonstration shows. Before they are stored."""
    for referral in referrals:
        referral.contact_code_hash = hash_contact_code(CODE)


def converse(*, now: datetime) -> None:
    """In the name of the lead and of two supervisors, with referrers at work whose address is verified."""
    lead, boss = (User.objects.get(email=f"{name}@leeds.example") for name in ("lead", "supervisor"))
    may, may_not = _to_talk_with(lead)
    first, second, third = may[0], may[1], may_not[0]
    for days, dispatch in ((10, first), (9, second), (8, third)):
        _verified(dispatch.referral, now=now - timedelta(days=days))
    question = ask_referrer(dispatch_id=first.pk, words=_ASKED, by=lead, now=now - timedelta(days=7))
    tell_referrer(dispatch_id=first.pk, words=Released.READ, by=lead, now=now - timedelta(days=7))
    at = now - timedelta(days=5)
    answer_question(
        question_id=question.pk, words=_ANSWER, holder=_come(first.referral, now=at), by=Agent.REFERRER, now=at
    )
    ask_referrer(dispatch_id=second.pk, words=_WAITS, by=lead, now=now - timedelta(days=2))
    tell_referrer(dispatch_id=second.pk, words=Released.MORE, by=lead, now=now - timedelta(days=2))
    ask_referrer(dispatch_id=third.pk, words=_HELD, by=lead, now=now - timedelta(days=1))
    overtaken = ask_referrer(dispatch_id=third.pk, words=_OVERTAKEN, by=lead, now=now - timedelta(days=3))
    withdraw_question(question_id=overtaken.pk, reason=_HAS_COME, by=lead, now=now - timedelta(days=2))
    _worry(second, _WORRY, now=now - timedelta(days=4), answered_by=boss)
    _worry(third, _LATER, now=now - timedelta(hours=20))
    named = (each for each in (*may[2:], *may_not[1:]) if not asked_not_to_be_named(each.referral))
    _succeeded(next(named), by=lead, now=now - timedelta(days=6))


def _to_talk_with(lead: User) -> tuple[list[Dispatch], list[Dispatch]]:
    """What Leeds has received from somebody at work who gave an address: cleared to be contacted, and not."""
    had = Dispatch.objects.filter(agency=lead.agencies[0], state=DispatchState.ACKNOWLEDGED)
    had = had.filter(referral__referrer__kind=WORK).select_related("referral__referrer")
    busy = [
        *GatewayAssessment.objects.values_list("person", flat=True),
        *PlannedContact.objects.values_list("person", flat=True),
    ]
    had = had.exclude(referral__person__in=busy).order_by("-sent_at", "id")
    found = [dispatch for dispatch in had if address_now(dispatch.referral)]
    cleared = cleared_among(dispatch.referral.person_id for dispatch in found)
    may, may_not = ([each for each in found if (each.referral.person_id in cleared) is yes] for yes in (True, False))
    return may, may_not


def _verified(referral: Referral, *, now: datetime) -> None:
    """A link was sent and used: the address is the referrer's own."""
    referrer = Agent.REFERRER.pk
    ReferrerLink(
        referral=referral, link=keyed_hash(new_secret(), of="referrer"), made_at=now, made_by=referrer,
        expires_at=now + LINK_KEPT, used_at=now, used_by=referrer,
    ).save(force_insert=True)  # fmt: skip
    _come(referral, now=now)


def _come(referral: Referral, *, now: datetime) -> Holder:
    """The referrer's page is open in a browser of its own."""
    holder = Holder(by=Agent.REFERRER, browser=keyed_hash(new_secret(), of="browser"))
    begin_visit(referral=referral, holder=holder, by=Agent.REFERRER, now=now)
    return holder


def _succeeded(dispatch: Dispatch, *, by: User, now: datetime) -> None:
    """Whoever wrote has left; somebody else of the organisation answers, with the code of the demonstration."""
    made = record_succession(
        dispatch_id=dispatch.pk, cause=SuccessionCause.LEFT, name="Bronagh Quillfeather", role="Safeguarding lead",
        email="b.quillfeather@mail.example", phone="", checked=_CHECKED, by=by, now=now,
    )  # fmt: skip
    if made.code:
        made.succession.changed(contact_code_hash=hash_contact_code(CODE))


def _worry(dispatch: Dispatch, words: str, *, now: datetime, answered_by: User | None = None) -> None:
    """Raised with each agency that has the referral; one that is answered is so at the council alone."""
    holder = _come(dispatch.referral, now=now)
    for row in raise_worry(text=words, form_id="", holder=holder, by=Agent.REFERRER, now=now):
        if answered_by and row.agency_id == dispatch.agency_id:
            answer_worry(worry_id=row.pk, answer=_ANSWERED, by=answered_by, now=now + timedelta(days=1))
