"""Where a replay is played: people at agencies, a referrer, a clock, and a note of who tried what."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from agencies.actions.add_membership import add_membership
from agencies.actions.create_user import create_user
from agencies.models import Agency, User
from agencies.roles import RoleName
from agencies.working_days import london_date
from audit.agents import Agent
from audit.due import waiting
from audit.handling import handle
from audit.models import Handling
from audit.refusals import Refused
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.start_draft import start_draft
from referrals.actions.submit_referral import Submitted, submit_referral
from referrals.holding import Holder
from referrals.models import Dispatch, Referral
from triage.actions.answer_deconfliction import answer_deconfliction
from triage.actions.begin_assessment import begin_assessment
from triage.actions.write_assessment import Assessed, write_assessment
from triage.checklist import Checked, steps_for
from triage.models import Deconfliction, GatewayAssessment, Moment, Outcome, Result, TriageOutcome
from triage.selectors import latest_of

T = TypeVar("T")

BROWSER = Holder(by=Agent.REFERRER, browser="e" * 64)
# What a deconfliction is answered with where the replay does not say otherwise.
UNTIL = timedelta(days=90)
# Between one thing that is done and the next.
BEAT = timedelta(minutes=5)

ALLOWED, REFUSED = "allowed", "refused"


class NotSo(Exception):
    """The replay did not go as it is told: it, or the software, is at fault."""


@dataclass(frozen=True)
class Step:
    """What somebody tried, and what became of it. `asked` marks what the replay is about."""

    says: str
    reasons: tuple[tuple[str, str], ...] = ()
    asked: bool = False

    @property
    def outcome(self) -> str:
        """Whether it was done."""
        return REFUSED if self.reasons else ALLOWED


@dataclass
class Stage:
    """Everything that a replay does, it does here; `now` goes on with every step."""

    now: datetime
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._staff: dict[str, User] = {}
        # What waits in this database for a worker has nothing to do with the replay.
        self._others = set(Handling.objects.filter(done=None).values_list("pk", flat=True))
        self.began = self.now - UNTIL

    def tries(self, says: str, do: Callable[[], T], *, asked: bool = False) -> T | None:
        """Note what came of it: the refusal with each of its reasons, or that it was done. Then workers do theirs."""
        self.now += BEAT
        try:
            done = do()
        except Refused as refusal:
            self.steps.append(Step(says, tuple(refusal.reasons), asked))
            return None
        self.steps.append(Step(says, (), asked))
        self.settle()
        return done

    def does(self, says: str, do: Callable[[], T]) -> T:
        """As `tries`, where a refusal would be a fault of the replay: it is raised."""
        done = self.tries(says, do)
        if done is None:
            raise NotSo(f"{says} {self.steps[-1].reasons}")
        return done

    def notes(self, says: str, holds: bool) -> None:
        """Note what is so now; where it is not, the replay is at fault, or the software is."""
        if not holds:
            raise NotSo(says)
        self.steps.append(Step(says))

    def settle(self) -> None:
        """What workers do because of what happened."""
        while rows := waiting(Handling, now=self.now).exclude(pk__in=self._others).select_related("event")[:1]:
            handle(row=rows[0], by=Agent.SWEEPER, now=self.now)
            rows[0].done = self.now
            rows[0].save(update_fields=["done"])

    def somebody(self, name: str, role: RoleName, agency: str) -> User:
        """Who works there, the same at every call."""
        if name not in self._staff:
            email = f"{name.lower().replace(' ', '.')}@replay.example"
            user = create_user(email=email, name=name, password=None, by=Agent.OPERATOR, now=self.began)
            add_membership(
                user_id=user.pk, agency_id=Agency.objects.get(code=agency).pk, role=role, by=Agent.OPERATOR,
                now=self.began,
            )  # fmt: skip
            self._staff[name] = user
        return self._staff[name]

    def submits(self, says: str, answers: dict[str, Any]) -> tuple[Referral, Submitted]:
        """Somebody sends this at the front door, and keeps the code."""

        def send() -> Submitted:
            draft = start_draft(holder=BROWSER, language="en", answers=answers, by=Agent.REFERRER, now=self.now)
            sent: Submitted = submit_referral(draft_id=draft.pk, holder=BROWSER, by=Agent.REFERRER, now=self.now)
            return sent

        sent = self.does(says, send)
        return Referral.objects.select_related("person").get(reference=sent.reference), sent

    def receives(self, referral: Referral, by: User) -> Dispatch:
        """`by` takes receipt for their agency."""
        dispatch: Dispatch = referral.dispatches.select_related("agency").get(agency__in=by.agencies)
        self.does(
            f"{by.name} takes receipt for {dispatch.agency.name}.",
            lambda: acknowledge_dispatch(dispatch_id=dispatch.pk, by=by, now=self.now),
        )
        return dispatch

    def answers(self, referral: Referral, by: User, outcome: Outcome, instruction: str = "") -> Deconfliction:
        """FIMU answers what it was asked last, with every step of the standards done."""
        row = Deconfliction.objects.filter(referral=referral, answered_at=None).latest("opened_at")
        today, checks = london_date(self.now), self._checked(Moment.DECONFLICTION, row.opened_at)
        return self.does(
            f"{by.name} of FIMU answers about {referral.reference}: {outcome.label}.",
            lambda: answer_deconfliction(
                deconfliction_id=row.pk, outcome=outcome, instruction=instruction, review_on=today + UNTIL,
                checks=checks, by=by, now=self.now,
            ),
        )  # fmt: skip

    def assesses(self, referral: Referral, by: User, said: Assessed) -> GatewayAssessment:
        """An officer writes a gateway assessment, with what FIMU answered last before them."""
        row = self.does(
            f"{by.name} begins the gateway assessment.",
            lambda: begin_assessment(referral_id=referral.pk, by=by, now=self.now),
        )
        return self.writes(row, by, said)

    def writes(self, row: GatewayAssessment, by: User, said: Assessed) -> GatewayAssessment:
        """The same assessment, written anew."""
        row = GatewayAssessment.objects.select_related("referral").get(pk=row.pk)
        latest = latest_of(row.referral)
        told = replace(said, weighed=latest.pk if latest else None)
        checks = self._checked(Moment.GATEWAY, row.opened_at)
        return self.does(
            f"{by.name} writes: {TriageOutcome(said.outcome).label}.",
            lambda: write_assessment(
                assessment_id=row.pk, assessed=told, read_at=row.written_at, checks=checks, by=by, now=self.now
            ),
        )  # fmt: skip

    def _checked(self, moment: Moment, opened_at: datetime) -> list[Checked]:
        """Every step of the standards that held then, as done today."""
        return [Checked(each.code, Result.DONE, on=london_date(self.now)) for each in steps_for(moment, opened_at)]
