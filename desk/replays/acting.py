"""Who acts in the replays, and the single things that they try."""

from typing import Any

from agencies.models import Agency, User
from agencies.roles import RoleName
from agencies.working_days import london_date
from audit.agents import Agent
from desk.replays.stage import BEAT, BROWSER, Stage
from people.actions.ask_for_information import ask_for_information
from people.actions.authorise_contact import authorise_contact
from people.actions.decide_match import decide_match
from people.models import (
    ContactHow,
    ContactTo,
    Identifier,
    InformationRequest,
    LegalBasis,
    Match,
    PlannedContact,
    Readers,
)
from people.states import MatchState
from people.urgent import Urgent
from referrals.actions.ask_referrer import ask_referrer
from referrals.actions.come_back import come_back
from referrals.actions.release_question import release_question
from referrals.actions.tell_referrer import tell_referrer
from referrals.models import Dispatch, Message, Question, Referral, ReferrerVisit
from referrals.released import Released
from triage.actions.propose_outcome import propose_outcome
from triage.actions.sign_outcome import sign_outcome
from triage.models import GatewayAssessment

POLICE, COUNCIL, DESK = "ctp-north-east", "E08000035", "restricted-police-desk"


def officer(stage: Stage) -> User:
    """Who works it for the police."""
    return stage.somebody("Hesper Lindqvist", RoleName.CTP_OFFICER, POLICE)


def supervisor(stage: Stage, *, second: bool = False) -> User:
    """Who signs for the police; there are two."""
    return stage.somebody("Corisande Mbeki" if second else "Leopold Ferrars", RoleName.CTP_SUPERVISOR, POLICE)


def analyst(stage: Stage) -> User:
    """Who answers for FIMU."""
    return stage.somebody("Thaddeus Yilmaz", RoleName.FIMU_ANALYST, POLICE)


def lead(stage: Stage) -> User:
    """Who works it for the council."""
    return stage.somebody("Mirabel Osei", RoleName.AUTHORITY_LEAD, COUNCIL)


def plan_visit(stage: Stage, referral: Referral, by: User, urgent: Urgent | None = None) -> PlannedContact:
    """`by` authorises a visit to the person, for the next day."""
    planned: PlannedContact = authorise_contact(
        person_id=referral.person_id, agency_id=by.agencies[0].pk, with_whom=ContactTo.PERSON, whom="",
        day=london_date(stage.now + 12 * 24 * BEAT), clock=None, how=ContactHow.VISIT,
        purpose="To speak about what the school saw.", maker=by.name, readers=Readers.RECIPIENTS, urgent=urgent,
        by=by, now=stage.now,
    )  # fmt: skip
    return planned


def ask_agency(stage: Stage, referral: Referral, by: User) -> InformationRequest:
    """`by` asks the council what it knows."""
    asked: InformationRequest = ask_for_information(
        person_id=referral.person_id, agency_id=by.agencies[0].pk, asked_id=Agency.objects.get(code=COUNCIL).pk,
        question="Is the family known to children’s services?", need="To understand what lies beneath.",
        basis=LegalBasis.CO_OPERATION, basis_words="", discloses=[Identifier.NAME], due_on=None, confirmed=True,
        by=by, now=stage.now,
    )  # fmt: skip
    return asked


def ask(stage: Stage, dispatch: Dispatch, by: User) -> Question:
    """`by` asks the referrer."""
    asked: Question = ask_referrer(dispatch_id=dispatch.pk, words="On which days?", by=by, now=stage.now)
    return asked


def send(stage: Stage, question: Question, by: User) -> Question:
    """`by` sends what was held."""
    sent: Question = release_question(question_id=question.pk, by=by, now=stage.now)
    return sent


def tell(stage: Stage, dispatch: Dispatch, by: User) -> Message:
    """`by` releases words to the referrer."""
    told: Message = tell_referrer(dispatch_id=dispatch.pk, words=Released.READ, by=by, now=stage.now)
    return told


def return_to_page(stage: Stage, reference: str, code: str) -> ReferrerVisit:
    """The referrer comes with a reference and a code."""
    visit: ReferrerVisit = come_back(
        reference=reference, code=code, holder=BROWSER, by=Agent.REFERRER, now=stage.now
    )  # fmt: skip
    return visit


def confirm(stage: Stage, match: Match, by: User) -> Match:
    """`by` says that the two are one human being."""
    said: dict[str, Any] = {"said": MatchState.CONFIRMED, "reason": "Same birthday, same mother, same address."}
    decided: Match = decide_match(match_id=match.pk, by=by, now=stage.now, **said)
    return decided


def propose(stage: Stage, row: GatewayAssessment, by: User) -> GatewayAssessment:
    """`by` reads what was written last, and proposes it."""
    read_at = GatewayAssessment.objects.get(pk=row.pk).written_at
    proposed: GatewayAssessment = propose_outcome(assessment_id=row.pk, read_at=read_at, by=by, now=stage.now)
    return proposed


def sign(stage: Stage, row: GatewayAssessment, by: User) -> GatewayAssessment:
    """`by` signs the latest round."""
    latest = GatewayAssessment.objects.get(pk=row.pk)
    signed: GatewayAssessment = sign_outcome(
        assessment_id=row.pk, at_round=latest.round, reason="Read in full. It stands on what was found.", by=by,
        now=stage.now,
    )  # fmt: skip
    return signed
