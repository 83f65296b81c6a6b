"""What can be pressed at a police desk, in whatever order: `test_outcome_machine.py` judges what came of it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from agencies.models import Agency, User
from audit.refusals import Refused
from audit.tasks import sweep_events
from people.actions.decide_match import decide_match
from people.models import Match
from people.states import MatchState
from referrals.actions.accept_offer import accept_offer
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.ask_referrer import ask_referrer
from referrals.actions.decide_withdrawal import decide_withdrawal
from referrals.actions.detach_referral import detach_referral
from referrals.actions.make_offer import make_offer
from referrals.actions.release_question import release_question
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.models import Offer, Question, Referral, ToldBy, Withdrawal, WithdrawalKind
from referrals.states import QuestionState, WithdrawalState
from tests.making import analyst_of, dispatch_to_police, officer_of
from tests.people.asking import Scene
from tests.people.pairs import AXEL, MISSPELT, found
from tests.people.planning import planned
from tests.people.writing import housed
from tests.triage.assessing import supervisor_at, whole
from triage.actions.answer_deconfliction import answer_deconfliction
from triage.actions.begin_assessment import begin_assessment
from triage.actions.deconflict_before_exit import deconflict_before_exit
from triage.actions.propose_outcome import propose_outcome
from triage.actions.reopen_outcome import reopen_outcome
from triage.actions.return_assessment import return_assessment
from triage.actions.sign_outcome import sign_outcome
from triage.actions.write_assessment import write_assessment
from triage.models import ClosingReason, GatewayAssessment, NoConcerns, Outcome, TriageOutcome
from triage.selectors import latest_of, police_agency_of
from triage.tasks import sweep_reviews

# What is left out of an assessment, or said wrongly in it.
FLAWS: list[dict[str, Any]] = [
    *[{}] * 10, {"rationale": ""}, {"considered": ()}, {"answers": {}}, {"agrees": None}, {"agrees": False},
    {"reasons": (ClosingReason.NO_IDEOLOGY, ClosingReason.LOW_RISK)}, {"no_concerns": ""},
    {"no_concerns": NoConcerns.NO}, {"weighed": None},
]  # fmt: skip
# The last six are rarer, as they are in life.
OUTCOMES = [
    *[TriageOutcome.CHANNEL, TriageOutcome.POLICE_LED, TriageOutcome.NO_FURTHER_ACTION, TriageOutcome.SIGNPOSTED] * 2,
    *sorted(set(TriageOutcome)),
]
REPORTED = {"in_error", "withdrawn"}
FIMU_SAYS = [Outcome.CLEAR, Outcome.CLEAR, Outcome.CLEAR, Outcome.CONDITIONS, Outcome.HOLD, None]
DECIDED = [MatchState.REJECTED, MatchState.CONFIRMED, MatchState.CONFIRMED, MatchState.LEFT_OPEN, None]
WHO, EITHER = st.integers(0, 2), st.booleans()
HURRY: dict[str, Any] = {
    "outcome": st.sampled_from(OUTCOMES),
    "flaw": st.sampled_from(FLAWS),
    "said": st.sampled_from(FIMU_SAYS),
    "decided": st.sampled_from(DECIDED),
    "said_so": EITHER,
    "writer": st.sampled_from([0, 0, 1]),
    "signers": st.sampled_from([(1, 2), (2, 1), (1, 2), (1,), (0,), (1, 1)]),
}


class Buttons(RuleBasedStateMachine):
    """A misspelt second referral about one boy; an officer, two supervisors and an analyst press every button.

    So do those of another region, once they have it. The workers may be down: what has happened waits for them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = timezone.now()
        self.travel = time_machine.travel(self.now, tick=False)
        self.clock = self.travel.start()
        self.scene = Scene(clear=False, **{key: AXEL[key] for key in ("given_names", "family_name", "date_of_birth")})
        self.earlier: Referral = self.scene.referral
        self.passes(timedelta(days=1))
        self.referral: Referral = found(MISSPELT)
        self.dispatch = dispatch_to_police(self.referral)
        self.staff = _staff(self.dispatch.agency)
        self.first_officer, self.analysts = self.staff[0], {agency: analyst_of(agency) for agency in self._regions()}
        self.workers_are_up = True
        # When something new was last known of a person, or another region had to be asked.
        self.news: dict[UUID, datetime] = {}
        sweep_events()

    def _regions(self) -> list[Agency]:
        return [self.dispatch.agency, Agency.objects.get(code="ctp-wales")]

    def teardown(self) -> None:
        """Nothing of one run is there in the next."""
        self.travel.stop()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def press(self, do: Callable[..., Any], **said: Any) -> bool:
        """Try it; then the workers do theirs. Returns whether it was done."""
        self.passes(timedelta(minutes=1))
        done = False
        with suppress(Refused):
            do(**said, now=self.now)
            done = True
        self.sweep()
        return done

    def sweep(self) -> None:
        """What the workers do, unless they are down."""
        if self.workers_are_up:
            sweep_events()

    def passes(self, time: timedelta) -> None:
        """The clock goes on."""
        self.now += time
        self.clock.move_to(self.now, tick=False)

    def assessment(self) -> GatewayAssessment | None:
        """The latest."""
        found = GatewayAssessment.objects.filter(referral=self.referral).select_related("referral")
        return found.order_by("-opened_at", "-id").first()

    def write(self, outcome: TriageOutcome, flaw: dict[str, Any], by: User) -> None:
        """Begin one where none is written, and write in it."""
        self.press(begin_assessment, referral_id=self.referral.pk, by=by)
        row, latest = self.assessment(), latest_of(self.referral)
        if row is not None:
            other = self.earlier if outcome == TriageOutcome.DUPLICATE else None
            said = replace(whole(outcome), **{"weighed": latest.pk if latest else None, "duplicate_of": other, **flaw})
            self.press(write_assessment, assessment_id=row.pk, assessed=said, read_at=row.written_at, by=by)

    @initialize(**HURRY)
    def begins(self, **how: Any) -> None:
        """Most have been worked when somebody presses a button."""
        self.hurry(**how)

    @rule(**HURRY)
    def hurries(self, **how: Any) -> None:
        """The whole way in one go, perhaps with something left out."""
        self.hurry(**how)

    def hurry(
        self, *, outcome: TriageOutcome, flaw: dict[str, Any], said: Outcome | None, decided: MatchState | None,
        said_so: bool, writer: int, signers: tuple[int, ...],
    ) -> None:  # fmt: skip
        """From receipt to the signatures."""
        self.receives()
        if decided:
            self.decides(decided)
        if said:
            self.answers(said, earlier=True)
            self.answers(said, earlier=False)
        self.gives_back()
        if outcome in REPORTED and said_so:
            self.is_withdrawn(WithdrawalKind(outcome))
        self.writes(outcome, flaw, writer)
        self.proposes(writer)
        for who in signers:
            self.signs(who)

    @rule()
    def receives(self) -> None:
        """The police take receipt."""
        self.press(acknowledge_dispatch, dispatch_id=self.dispatch.pk, by=self.staff[0])

    @rule(outcome=st.sampled_from(Outcome), earlier=EITHER)
    def answers(self, outcome: Outcome, earlier: bool) -> None:
        """FIMU answers about one of the two."""
        row = latest_of(self.earlier if earlier else self.referral)
        agency = police_agency_of(row.referral) if row else None
        if row and agency:
            day = timezone.localdate(self.now) + timedelta(days=90)
            said = {"outcome": outcome, "instruction": "Ask first.", "review_on": day, "by": self.analysts[agency]}
            self.press(answer_deconfliction, deconfliction_id=row.pk, **said)

    @rule(earlier=EITHER)
    def something_new_is_known(self, earlier: bool) -> None:
        """Somebody writes down where he lives."""
        person = Referral.objects.get(pk=(self.earlier if earlier else self.referral).pk).person_id
        if self.press(partial(_housed, person=person, by=self.scene.lead)):
            self.news[person] = self.now

    @rule(up=EITHER)
    def the_workers_go_down_or_come_up(self, up: bool) -> None:
        """Nobody at the desk sees it."""
        self.workers_are_up = up
        self.sweep()

    @rule()
    def another_region_takes_it_over(self) -> None:
        """The family moves to Cardiff: its officers have the referral from now on."""
        wales = self._regions()[1]
        if self.dispatch.agency == wales:
            return
        theirs = _staff(wales)
        offered = {"dispatch_id": self.dispatch.pk, "to_id": wales.pk, "reason": "They have moved."}
        self.press(make_offer, **offered, by=self.staff[0])
        offer = Offer.objects.filter(dispatch=self.dispatch).first()
        if offer and self.press(accept_offer, offer_id=offer.pk, by=theirs[0]):
            self.dispatch, self.staff = dispatch_to_police(self.referral), theirs
            self.news[Referral.objects.get(pk=self.referral.pk).person_id] = self.now

    @rule()
    def a_third_report_comes_in(self) -> None:
        """Somebody else at the school writes of him, misspelt again."""
        if Referral.objects.count() < 3:
            self.passes(timedelta(days=1))
            found({**MISSPELT, "given_names": "Aksel"})
            self.sweep()

    @rule(kind=st.sampled_from(WithdrawalKind))
    def is_withdrawn(self, kind: WithdrawalKind) -> None:
        """The referrer rings."""
        told: dict[str, Any] = {"told_how": ToldBy.TELEPHONE, "reason": "She rang."}
        self.press(report_withdrawal, dispatch_id=self.dispatch.pk, kind=kind, **told, by=self.staff[0])

    @rule(goes_on=EITHER)
    def it_is_decided_whether_to_go_on(self, goes_on: bool) -> None:
        """The police stop, or do not."""
        for row in Withdrawal.objects.filter(state=WithdrawalState.REPORTED):
            said: dict[str, Any] = {"go_on": goes_on, "reason": "She explained it.", "dispatch_id": self.dispatch.pk}
            self.press(decide_withdrawal, withdrawal_id=row.pk, **said, by=self.staff[1])

    @rule()
    def it_is_about_somebody_else(self) -> None:
        """The boy was mistaken for another of the school."""
        about = Referral.objects.get(pk=self.referral.pk).person_id
        right = {"given_names": "Tomos", "family_name": "Vane", "approximate_age": "15"}
        self.press(
            detach_referral, dispatch_id=self.dispatch.pk, wrong_id=about, right=right, reason="Mixed up.",
            by=self.staff[0],
        )  # fmt: skip

    @rule()
    def five_weeks_pass(self) -> None:
        """What FIMU answered gets old; where it holds no longer, that is noticed at night."""
        self.passes(timedelta(weeks=5))
        if self.workers_are_up:
            sweep_reviews()
        self.sweep()

    @rule(outcome=st.sampled_from(OUTCOMES), flaw=st.sampled_from(FLAWS), who=WHO)
    def writes(self, outcome: TriageOutcome, flaw: dict[str, Any], who: int) -> None:
        """Somebody writes, and leaves something out."""
        self.write(outcome, flaw, self.staff[who])

    @rule(who=WHO)
    def proposes(self, who: int) -> None:
        """Somebody proposes what is written."""
        if row := self.assessment():
            self.press(propose_outcome, assessment_id=row.pk, read_at=row.written_at, by=self.staff[who])

    @rule(who=WHO)
    def signs(self, who: int) -> None:
        """Somebody signs."""
        if row := self.assessment():
            self.press(sign_outcome, assessment_id=row.pk, at_round=row.round, reason="Read.", by=self.staff[who])

    @rule()
    def gives_back(self) -> None:
        """It is given back to be written further."""
        if row := self.assessment():
            said = {"at_round": row.round, "reason": "Why so?", "by": self.staff[1]}
            self.press(return_assessment, assessment_id=row.pk, **said)

    @rule()
    def reopens(self) -> None:
        """What is signed is opened again."""
        if row := self.assessment():
            self.press(reopen_outcome, assessment_id=row.pk, reason="He rang.", by=self.staff[0])

    @rule()
    def asks_before_it_ends(self) -> None:
        """FIMU is asked once more."""
        if row := self.assessment():
            self.press(deconflict_before_exit, assessment_id=row.pk, by=self.staff[0])

    @rule(said=st.sampled_from([MatchState.CONFIRMED, MatchState.REJECTED, MatchState.LEFT_OPEN]))
    def decides(self, said: MatchState) -> None:
        """Somebody says whether the two are one boy."""
        for match in Match.objects.filter(state=MatchState.WAITING):
            told: dict[str, Any] = {"match_id": match.pk, "said": said, "reason": "Same mother."}
            done = self.press(decide_match, **told, by=self.first_officer)
            if done and said == MatchState.CONFIRMED:
                self.news |= dict.fromkeys((match.one_id, match.other_id), self.now)

    @rule(earlier=EITHER)
    def contacts(self, earlier: bool) -> None:
        """A visit is planned, another agency and the referrer are asked."""
        about = self.earlier if earlier else self.referral
        self.press(self._visit, person=about.person_id)
        self.press(self.scene.ask, by=self.scene.lead)
        dispatch = dispatch_to_police(about)
        self.press(ask_referrer, dispatch_id=dispatch.pk, words="On which day?", by=self.staff[0])
        for held in Question.objects.filter(state=QuestionState.HELD):
            self.press(release_question, question_id=held.pk, by=self.staff[0])

    def _visit(self, *, person: UUID, now: datetime) -> None:
        planned(person, self.staff[0], now=now)


def _staff(agency: Agency) -> list[User]:
    return [officer_of(agency), supervisor_at(agency), supervisor_at(agency, name="Odhran Vale")]


def _housed(*, person: UUID, by: User, now: datetime) -> None:
    housed(person, by, now=now)
