"""What officers of the demonstration do with their referrals: tasks, a contact log, what they write, what they ask."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from agencies.models import Agency, User
from people.actions.add_address import add_address
from people.actions.add_name import add_name
from people.actions.add_relationship import add_relationship
from people.actions.answer_request import answer_request
from people.actions.ask_for_information import ask_for_information
from people.actions.record_contact import record_contact
from people.actions.record_not_told import record_not_told
from people.actions.record_told import record_told
from people.actions.record_whereabouts import record_whereabouts
from people.clearance import cleared_among
from people.models import (
    AddressKind,
    AwayKind,
    ContactHow,
    ContactWith,
    Identifier,
    InformationRequest,
    LegalBasis,
    NameKind,
    NoticeFor,
    NoticeLanguage,
    NotTold,
    Readers,
    RelationshipKind,
    ToldWhom,
)
from referrals.actions.give_task import give_task
from referrals.models import Dispatch
from referrals.states import DispatchState

# Each with how many days ago it was asked: by the local target the first answer is late.
_QUESTIONS = (
    (30, "Has the family been known to your early help team since 2022?", "The school says they moved here in spring."),
    (4, "Is a social worker named for the child, and who?", "We have to know whom to ring before the panel meets."),
    (3, "Which school did he leave in July, and why?", "His new college has no record of it."),
)
_ANSWER = "Closed to early help in March. The worker was Rosheen Tattersall, who is still with us and knows the family."


def work_on(*, now: datetime) -> None:
    """In Leeds, about referrals that were assigned a month ago and before: the lead and a colleague work on them."""
    lead, colleague, bradford = (
        User.objects.get(email=f"{name}.example") for name in ("lead@leeds", "colleague1@leeds", "lead@bradford")
    )
    begun = _begun(lead.agencies[0], now=now)
    # First: what is written down of them afterwards is new, and holds contact.
    asked = _ask(begun, lead, bradford, now=now)
    _give_tasks(begun, lead, colleague, now=now)
    for dispatch in begun[:2]:
        _write_beside(dispatch, lead, now=now)
        _log_contact(dispatch, lead, now=now)
    _tell(begun[:2], lead, now=now)
    _away(begun[:2], lead, now=now)
    answer_request(request_id=asked[-1].pk, words=_ANSWER, by=bradford, now=now - timedelta(days=1))


def _begun(agency: Agency, *, now: datetime) -> list[Dispatch]:
    """Those about whom the police have cleared contact: nobody is asked about anybody else."""
    old = Dispatch.objects.filter(
        agency=agency, state=DispatchState.ACKNOWLEDGED, assigned_at__lt=now - timedelta(days=31)
    )
    found = list(old.select_related("referral__person").order_by("-assigned_at", "id"))
    cleared = cleared_among(dispatch.referral.person_id for dispatch in found)
    return [dispatch for dispatch in found if dispatch.referral.person_id in cleared][: len(_QUESTIONS)]


def _give_tasks(begun: list[Dispatch], lead: User, colleague: User, *, now: datetime) -> None:
    told = (
        (lead, colleague, "Ring the head of year and ask how he has settled in.", 6),
        (colleague, lead, "Ask the youth service whether their place is still open.", 5),
        (colleague, None, "Find out who speaks for the family’s housing association.", 1),
    )
    for dispatch, (opener, owner, words, days) in zip(begun, told, strict=False):
        give_task(
            dispatch_id=dispatch.pk, owner_id=owner.pk if owner else None, words=words, due_on=None,
            by=opener, now=now - timedelta(days=days),
        )  # fmt: skip


def _write_beside(dispatch: Dispatch, lead: User, *, now: datetime) -> None:
    person, at = dispatch.referral.person, now - timedelta(days=12)
    whose: dict[str, Any] = {
        "person_id": person.pk,
        "agency_id": dispatch.agency_id,
        "readers": Readers.RECIPIENTS,
        "by": lead,
    }
    add_name(**whose, kind=NameKind.SPELLING, name=f"{person.family_name}e", source="The school’s register", now=at)
    add_address(
        **whose, kind=AddressKind.HOME, lines="14 Larch Row, Leeds", postcode=person.postcode,
        since=date(at.year - 2, 9, 1), until=None, now=at,
    )  # fmt: skip
    add_relationship(
        **whose, kind=RelationshipKind.TEACHER, name="Odette Varley", reach="Through the school’s office", now=at
    )


def _log_contact(dispatch: Dispatch, lead: User, *, now: datetime) -> None:
    day = timezone.localdate(now) - timedelta(days=9)
    record_contact(
        person_id=dispatch.referral.person_id, agency_id=dispatch.agency_id, with_whom=ContactWith.PROFESSIONAL,
        whom="Odette Varley, form tutor", day=day, clock=time(15, 40), how=ContactHow.TELEPHONE, maker=lead.name,
        reached=True, outcome="He comes to school again since the half-term. She rings if that changes.",
        readers=Readers.RECIPIENTS, by=lead, now=now - timedelta(days=8),
    )  # fmt: skip


def _tell(begun: list[Dispatch], lead: User, *, now: datetime) -> None:
    """One was told, with the parents; of another it is time to look again why nobody has told them."""
    today = timezone.localdate(now)
    for number, dispatch in enumerate(begun):
        whose: dict[str, Any] = {
            "person_id": dispatch.referral.person_id, "agency_id": dispatch.agency_id,
            "readers": Readers.RECIPIENTS, "by": lead,
        }  # fmt: skip
        if number:
            record_told(
                **whose, whom=ToldWhom.BOTH, day=today - timedelta(days=8), how=ContactHow.VISIT, teller=lead.name,
                notices=[NoticeFor.YOUNG_PERSON, NoticeFor.CARER], language=NoticeLanguage.ENGLISH,
                words="They had questions about what the college is told.", now=now - timedelta(days=7),
            )  # fmt: skip
        else:
            record_not_told(
                **whose, why_not=NotTold.NOT_DECIDED, words="We wait for the panel to say who should tell them.",
                review_on=today - timedelta(days=2), now=now - timedelta(days=20),
            )  # fmt: skip


def _away(begun: list[Dispatch], lead: User, *, now: datetime) -> None:
    """One is in custody for some months, another abroad until a day that nobody knows."""
    today = timezone.localdate(now)
    places = (
        (AwayKind.CUSTODY, "Thornmere Secure Children’s Home", today + timedelta(days=120), today + timedelta(days=30)),
        (AwayKind.ABROAD, "With grandparents in Portugal", None, today),
    )
    for dispatch, (kind, place, back_on, review_on) in zip(begun, places, strict=False):
        record_whereabouts(
            person_id=dispatch.referral.person_id, agency_id=dispatch.agency_id, kind=kind, place=place,
            back_on=back_on, review_on=review_on, readers=Readers.RECIPIENTS, by=lead, now=now - timedelta(days=6),
        )  # fmt: skip


def _ask(begun: list[Dispatch], lead: User, bradford: User, *, now: datetime) -> list[InformationRequest]:
    return [
        ask_for_information(
            person_id=dispatch.referral.person_id, agency_id=dispatch.agency_id, asked_id=bradford.agencies[0].pk,
            question=question, need=need, basis=LegalBasis.CHILDREN, basis_words="", discloses=[Identifier.NAME],
            due_on=None, confirmed=True, by=lead, now=now - timedelta(days=days),
        )
        for dispatch, (days, question, need) in zip(begun, _QUESTIONS, strict=False)
    ]  # fmt: skip
