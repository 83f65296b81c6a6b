"""One row more for each source of the home page, and where it stands."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

from django.utils import timezone

from agencies.actions.arrange_absence import arrange_absence
from agencies.models import Absence, User
from audit.agents import Agent
from desk.my_work.shape import Section
from people.actions.answer_request import answer_request
from people.actions.ask_about_match import ask_about_match
from people.actions.ask_for_information import ask_for_information
from people.actions.end_clearance import end_clearance
from people.actions.find_matches import find_matches
from people.actions.record_not_told import record_not_told
from people.actions.record_whereabouts import record_whereabouts
from people.models import AwayKind, Identifier, InformationRequest, LegalBasis, Match, NotTold, Readers
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.ask_referrer import ask_referrer
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.give_task import give_task
from referrals.actions.make_offer import make_offer
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.models import Dispatch, Referral, Task, WithdrawalKind
from referrals.models.withdrawal import ToldBy
from tests.audit.acts import within
from tests.desk.my_work.scene import Scene
from tests.making import (
    TEACHER,
    cleared,
    dispatch_to_authority,
    dispatch_to_police,
    officer_of,
    submitted,
)
from tests.people.planning import URGENT, planned
from tests.referrals.worrying import worry_about
from tests.triage.assessing import proposed, signed, whole, written
from tests.triage.assessing import received as received_by_police
from tests.triage.deconflicting import answered, opened
from tests.triage.partnering import asked as asked_to_own
from tests.triage.partnering import owned, reviewed, running, to_do, unreviewed
from triage.models import Outcome, Partnership, ReviewDecision, TriageOutcome


def sent(*, danger: bool = False) -> Dispatch:
    """To the council, and nobody has taken receipt."""
    return dispatch_to_authority(submitted({**TEACHER, "danger": "yes"} if danger else None))


def late() -> Dispatch:
    """The same, and the target has passed."""
    dispatch, past = sent(), timezone.now() - timedelta(days=9)
    change = {"sent_at": past, "acknowledge_by": past + timedelta(days=1), "remind_due": None}
    within(do=partial(dispatch.changed, **change), by=Agent.OPERATOR, now=timezone.now())
    return dispatch


def received(scene: Scene) -> Dispatch:
    """A colleague has taken receipt."""
    return within(
        do=lambda: acknowledge_dispatch(dispatch_id=sent().pk, by=scene.colleague, now=timezone.now()),
        by=scene.colleague, now=timezone.now(),
    )  # fmt: skip


def given_to(scene: Scene, user: User) -> Dispatch:
    """And it is somebody's."""
    return assign_dispatch(dispatch_id=received(scene).pk, to_id=user.pk, by=scene.colleague, now=timezone.now())


def away(scene: Scene) -> None:
    """A colleague is away, and the lead covers."""
    today = timezone.localdate()
    if not Absence.objects.exists():
        arrange_absence(
            agency_id=scene.lead.agencies[0].pk, user_id=scene.colleague.pk, cover_id=scene.lead.pk,
            starts_on=today, ends_on=today, by=scene.colleague, now=timezone.now(),
        )  # fmt: skip


def covered(scene: Scene) -> None:
    """Whose referral the lead works meanwhile."""
    away(scene)
    given_to(scene, scene.colleague)


def offered(scene: Scene) -> None:
    """By the council to its neighbour."""
    make_offer(
        dispatch_id=received(scene).pk, to_id=scene.neighbour.agencies[0].pk, reason="They moved.",
        by=scene.colleague, now=timezone.now(),
    )  # fmt: skip


def withdrawn(scene: Scene) -> None:
    """The police have it and are to decide."""
    now = timezone.now()
    dispatch = dispatch_to_police(submitted())
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=scene.police, now=now)
    report_withdrawal(
        dispatch_id=dispatch.pk, kind=WithdrawalKind.IN_ERROR, told_how=ToldBy.TELEPHONE, reason="The wrong pupil.",
        by=scene.police, now=now,
    )  # fmt: skip


# Nobody of one line is ever taken for somebody of another.
_PEOPLE = (
    ("Axel", "Rudderham"), ("Siobhan", "Quigley"), ("Tomasz", "Wojcik"), ("Bilal", "Chowdhury"), ("Emeka", "Okonkwo"),
    ("Yusuf", "Farah"), ("Gwenllian", "Prys"), ("Deniz", "Yildiz"), ("Hestia", "Marlowe"), ("Ivo", "Zelenka"),
    ("Kofi", "Mensah"), ("Lorna", "Featherstone"),
)  # fmt: skip


def _unlike_any_other() -> str:
    """A concern that is no part of a flood."""
    return " ".join(uuid4().hex for _word in range(12))


def _two(postcodes: tuple[str, str]) -> tuple[Referral, Referral]:
    """Two referrals of one person, a letter apart: the next one of those above."""
    at = Referral.objects.count() // 2 % len(_PEOPLE)
    given, family = _PEOPLE[at]
    born = {"day": str(at + 1), "month": str(at + 1), "year": str(1960 + 4 * at)}
    told = {**TEACHER, "given_names": given, "date_of_birth": born, "adult_or_child": "adult"}
    one, other = (
        submitted({**told, "family_name": name, "postcode": postcode, "concern": _unlike_any_other()})
        for name, postcode in zip((family, f"{family}e"), postcodes, strict=True)
    )
    find_matches(person_id=other.person_id, by=Agent.SWEEPER, now=timezone.now())
    return one, other


def matched(scene: Scene) -> None:
    """Two of the council's are likely to be one."""
    _two(("S70 1GW", "S70 1GW"))


def _asked(ours: Referral, theirs: Referral, by: User) -> None:
    first, second = sorted((ours.person_id, theirs.person_id))
    match = Match.objects.get(one=first, other=second)
    ask_about_match(match_id=match.pk, by=by, now=timezone.now())


def asked_of(scene: Scene) -> None:
    """Cardiff asks the council."""
    ours, theirs = _two(("S70 1GW", "CF10 3NQ"))
    _asked(ours, theirs, officer_of(dispatch_to_authority(theirs).agency, name="Nia Bevan"))


def asking(scene: Scene) -> None:
    """The council asks Cardiff."""
    _asked(*_two(("S70 1GW", "CF10 3NQ")), scene.lead)


def asked(scene: Scene, *, to: User | None, by: User) -> Task:
    """A task about a referral that somebody else works."""
    dispatch = given_to(scene, scene.colleague)
    return give_task(
        dispatch_id=dispatch.pk, owner_id=to.pk if to else None, words="Ring the school.", due_on=None,
        by=by, now=timezone.now(),
    )  # fmt: skip


def late_task(scene: Scene) -> None:
    """The colleague has it, and the day has passed."""
    task = asked(scene, to=scene.colleague, by=scene.colleague)
    past = {"due": timezone.now() - timedelta(days=3)}
    within(do=partial(task.changed, **past), by=Agent.OPERATOR, now=timezone.now())


def covered_task(scene: Scene) -> None:
    """The colleague has it, and the lead covers."""
    away(scene)
    asked(scene, to=scene.colleague, by=scene.colleague)


def request_of(scene: Scene, *, by: User, to: User) -> InformationRequest:
    """About a referral that the council works."""
    now, referral = timezone.now(), received(scene).referral
    cleared(referral)
    made: InformationRequest = ask_for_information(
        person_id=referral.person_id, agency_id=by.agencies[0].pk, asked_id=to.agencies[0].pk,
        question="Is the family known to you?", need="They lived there until last summer.", basis=LegalBasis.CHILDREN,
        basis_words="", discloses=[Identifier.NAME], due_on=timezone.localdate(now) + timedelta(days=9),
        confirmed=True, by=by, now=now,
    )  # fmt: skip
    return made


def answered_request(scene: Scene) -> None:
    """The neighbour has said what it knows."""
    request = request_of(scene, by=scene.colleague, to=scene.neighbour)
    answer_request(request_id=request.pk, words="Nothing since March.", by=scene.neighbour, now=timezone.now())


def not_told(scene: Scene, *, worked_by: User, days: int) -> None:
    """Of somebody whom nobody has told: the review date was so many days ago."""
    now = timezone.now()
    dispatch = given_to(scene, worked_by)
    record_not_told(
        person_id=dispatch.referral.person_id, agency_id=dispatch.agency_id, why_not=NotTold.NOT_DECIDED,
        words="The panel has not met.", review_on=timezone.localdate(now) - timedelta(days=days),
        readers=Readers.AGENCY, by=scene.colleague, now=now - timedelta(days=30),
    )  # fmt: skip


def abroad(scene: Scene) -> None:
    """Somebody is abroad, and it is the day to ask again."""
    now = timezone.now()
    dispatch = received(scene)
    record_whereabouts(
        person_id=dispatch.referral.person_id, agency_id=dispatch.agency_id, kind=AwayKind.ABROAD, place="Portugal",
        back_on=None, review_on=timezone.localdate(now), readers=Readers.RECIPIENTS, by=scene.colleague,
        now=now - timedelta(days=30),
    )  # fmt: skip


def question_to_send(scene: Scene) -> None:
    """The lead asked before contact was cleared."""
    dispatch = received(scene)
    ask_referrer(dispatch_id=dispatch.pk, words="On which day?", by=scene.lead, now=timezone.now())
    cleared(dispatch.referral, by=scene.analyst)


def question_sent(scene: Scene) -> None:
    """The lead asked where contact is cleared, and the referrer has not answered."""
    dispatch = received(scene)
    cleared(dispatch.referral, by=scene.analyst)
    ask_referrer(dispatch_id=dispatch.pk, words="On which day?", by=scene.lead, now=timezone.now())


# Nobody of whom the matching would think that they are one.
PUPILS = [
    pair.split()
    for pair in (
        "Halina Vane", "Idris Okafor", "Sunniva Peel", "Tarek Lund", "Maeve Quill", "Bronwen Achebe", "Casimir Thorn",
        "Delyth Nakamura", "Eskil Farouk", "Philippa Zielinski", "Gwilym Bhatt", "Ottoline Greaves", "Rufus Adeyemi",
        "Xanthe Moriarty", "Yusuf Kellaway",
    )
]  # fmt: skip


def to_assess(scene: Scene) -> Referral:
    """Of a pupil who resembles no other; the police have taken receipt."""
    number = Referral.objects.count() % len(PUPILS)
    given, family = PUPILS[number]
    referral = submitted({**TEACHER, "given_names": given, "family_name": family, "approximate_age": str(11 + number)})
    received_by_police(referral, by=scene.police)
    return referral


def signposted(scene: Scene) -> None:
    """A service was asked to take somebody, and has not answered."""
    signed(proposed(to_assess(scene), whole(TriageOutcome.SIGNPOSTED), by=scene.police))


def unowned(scene: Scene) -> Partnership:
    """A police-led partnership that nobody owns."""
    return running(to_assess(scene), by=scene.police)


def to_leave(scene: Scene) -> None:
    """The review of a police-led partnership asks that it goes to Channel."""
    row = unowned(scene)
    reviewed(row, owned(row, to=scene.police), decision=ReviewDecision.CHANNEL)


def unanswered(scene: Scene) -> None:
    """FIMU was to answer days ago."""
    row, past = opened(submitted()), timezone.now() - timedelta(days=3)
    within(do=partial(row.changed, due=past), by=Agent.OPERATOR, now=timezone.now())


def worried(scene: Scene) -> None:
    """A referrer has raised a worry about what the council does."""
    dispatch = received(scene)
    worry_about(dispatch.referral, dispatch.agency, now=timezone.now())


def held(scene: Scene) -> None:
    """FIMU holds contact, and says so again in two days at the latest."""
    row = opened(submitted())
    answered(row, Outcome.HOLD, by=scene.analyst, review_on=timezone.localdate() + timedelta(days=2))


def went_ahead(scene: Scene) -> None:
    """A colleague authorises contact before it is cleared."""
    planned(submitted().person_id, scene.colleague, urgent=URGENT)


def suspended(scene: Scene) -> None:
    """Contact was planned, and clearance has ended."""
    referral = submitted()
    cleared(referral, by=scene.analyst)
    planned(referral.person_id, scene.colleague)
    end_clearance(person_id=referral.person_id, by=scene.analyst, now=timezone.now())


Fill = Callable[[Scene], object]
FILLED: dict[str, tuple[Fill, Section]] = {
    "in_danger": (lambda scene: sent(danger=True), Section.DANGER),
    "overdue_receipts": (lambda scene: late(), Section.OVERDUE),
    "new_referrals": (lambda scene: sent(), Section.NEW),
    "nobodys": (received, Section.NEW),
    "deconflictions_to_answer": (lambda scene: opened(submitted()), Section.NEW),
    "answers_disputed": (lambda scene: proposed(to_assess(scene), whole(agrees=False), by=scene.police), Section.DUE),
    "outcomes_to_sign": (lambda scene: proposed(to_assess(scene), by=scene.police), Section.NEW),
    "assessments_to_finish": (lambda scene: written(to_assess(scene), by=scene.police), Section.DUE),
    "partnerships_to_accept": (lambda scene: asked_to_own(unowned(scene), scene.police), Section.NEW),
    "partnerships_offered": (lambda scene: asked_to_own(unowned(scene), scene.police), Section.WAITING),
    "partnerships_unowned": (lambda scene: unowned(scene), Section.NEW),
    "partnerships_owned": (lambda scene: owned(unowned(scene), to=scene.police), Section.DUE),
    "partnerships_overdue": (lambda scene: unreviewed(unowned(scene)), Section.OVERDUE),
    "partnerships_to_leave": (to_leave, Section.DUE),
    "planned_to_do": (lambda scene: to_do(unowned(scene), scene.police), Section.DUE),
    "signpostings_open": (signposted, Section.DUE),
    "deconflictions_unanswered": (unanswered, Section.OVERDUE),
    "held_near_review": (lambda scene: held(scene), Section.DUE),
    "urgencies_not_seen": (lambda scene: went_ahead(scene), Section.NEW),
    "suspended_contacts": (lambda scene: suspended(scene), Section.DUE),
    "assigned": (lambda scene: given_to(scene, scene.lead), Section.DUE),
    "covered": (covered, Section.DUE),
    "offers_to_answer": (offered, Section.NEW),
    "offers_made": (offered, Section.WAITING),
    "withdrawals_to_decide": (withdrawn, Section.NEW),
    "questions_to_send": (question_to_send, Section.DUE),
    "questions_sent": (question_sent, Section.WAITING),
    "worries": (worried, Section.NEW),
    "likely_matches": (matched, Section.NEW),
    "askings_to_answer": (asked_of, Section.NEW),
    "askings_made": (asking, Section.WAITING),
    "requests_to_answer": (lambda scene: request_of(scene, by=scene.colleague, to=scene.neighbour), Section.NEW),
    "requests_answered": (answered_request, Section.DUE),
    "requests_made": (lambda scene: request_of(scene, by=scene.colleague, to=scene.neighbour), Section.WAITING),
    "my_tasks": (lambda scene: asked(scene, to=scene.lead, by=scene.colleague), Section.DUE),
    "team_tasks": (lambda scene: asked(scene, to=None, by=scene.colleague), Section.NEW),
    "covered_tasks": (covered_task, Section.DUE),
    "overdue_tasks_of_colleagues": (late_task, Section.OVERDUE),
    "tasks_given": (lambda scene: asked(scene, to=scene.colleague, by=scene.lead), Section.WAITING),
    "tellings_to_review": (lambda scene: not_told(scene, worked_by=scene.lead, days=0), Section.DUE),
    "tellings_of_colleagues": (lambda scene: not_told(scene, worked_by=scene.colleague, days=9), Section.OVERDUE),
    "whereabouts_to_review": (abroad, Section.DUE),
    "allegations": (lambda scene: submitted({**TEACHER, "work_and_family": ["council"]}), Section.DUE),
}
