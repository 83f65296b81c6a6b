"""The replays by name. What each is about is marked `asked`; the other steps lead there, and show the way on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from agencies.models import Notice, NoticeKind
from agencies.roles import RoleName
from audit.agents import Agent
from desk.demonstration.assessing import GOES_ON, NO_ACTION
from desk.replays.acting import (
    DESK,
    analyst,
    ask,
    ask_agency,
    confirm,
    lead,
    officer,
    plan_visit,
    propose,
    return_to_page,
    send,
    sign,
    supervisor,
    tell,
)
from desk.replays.sent import COLLEAGUE, DANGER, MISSPELT, NEW_SCHOOL, PUPIL, UNNAMED
from desk.replays.stage import BROWSER, Stage
from people.models import MatchBand
from people.sights import matches_about
from people.urgent import Urgent
from referrals.actions.answer_question import answer_question
from referrals.actions.detach_referral import detach_referral
from referrals.models import Referral
from triage.actions.begin_assessment import begin_assessment
from triage.models import ClosingReason, GatewayAssessment, NoConcerns, Outcome, TriageOutcome

Story = Callable[[Stage], None]


def hold(stage: Stage) -> None:
    """While FIMU holds contact: may anybody be asked, told or visited, or the referral go to Channel?"""
    ours, theirs = officer(stage), lead(stage)
    referral, _sent = stage.submits("A school sends a referral.", PUPIL)
    stage.receives(referral, ours)
    council = stage.receives(referral, theirs)
    stage.answers(referral, analyst(stage), Outcome.HOLD, "Contact nobody. Tell the police desk what reaches you.")
    stage.tries(f"{theirs.name} plans a visit.", partial(plan_visit, stage, referral, theirs), asked=True)
    stage.tries(
        f"{ours.name} asks the council for information.", partial(ask_agency, stage, referral, ours), asked=True
    )
    question = stage.does(f"{theirs.name} writes a question to the school.", partial(ask, stage, council, theirs))
    stage.notes("The question is held: the school is shown nothing of it.", question.is_held)
    stage.tries(f"{theirs.name} sends it all the same.", partial(send, stage, question, theirs), asked=True)
    row = stage.assesses(referral, ours, GOES_ON)
    stage.tries(f"{ours.name} proposes Channel.", partial(propose, stage, row, ours), asked=True)
    stage.writes(row, ours, replace(GOES_ON, outcome=TriageOutcome.POLICE_LED))
    stage.does(f"{ours.name} proposes a police-led partnership.", partial(propose, stage, row, ours))


def repeat_referral(stage: Stage) -> None:
    """A boy is referred a third time, and was misspelt the second time: may it be closed before anybody has looked?"""
    ours, boss, second, fimu = officer(stage), supervisor(stage), supervisor(stage, second=True), analyst(stage)
    first, _sent = stage.submits("A school sends a referral.", PUPIL)
    stage.receives(first, ours)
    stage.answers(first, fimu, Outcome.CLEAR)
    row = stage.assesses(first, ours, NO_ACTION)
    stage.does(f"{ours.name} proposes no further action.", partial(propose, stage, row, ours))
    stage.does(f"{boss.name} signs.", partial(sign, stage, row, boss))
    misspelt, _sent = stage.submits("A surgery sends a referral, and misspells his name.", MISSPELT)
    third, _sent = stage.submits("His new school sends a referral.", NEW_SCHOOL)
    stage.receives(third, ours)
    stage.answers(third, fimu, Outcome.CLEAR)
    row = stage.assesses(third, ours, NO_ACTION)
    stage.tries(f"{ours.name} proposes no further action.", partial(propose, stage, row, ours), asked=True)
    likely = list(matches_about([third.person_id]).filter(band=MatchBand.LIKELY))
    stage.notes("The earlier and the misspelt referral were both found as likely.", len(likely) == 2)
    for match in likely:
        stage.does(f"{ours.name} confirms that it is the same boy.", partial(confirm, stage, match, ours))
    stage.tries(f"{ours.name} proposes it again.", partial(propose, stage, row, ours))
    for referral in (first, misspelt, third):
        stage.answers(referral, fimu, Outcome.CLEAR)
    stage.writes(row, ours, NO_ACTION)
    stage.does(f"{ours.name} proposes it with FIMU’s new answers.", partial(propose, stage, row, ours))
    stage.does(f"{boss.name} signs; a second signature is needed.", partial(sign, stage, row, boss))
    stage.tries(f"{boss.name} signs once more.", partial(sign, stage, row, boss))
    stage.does(f"{second.name} signs.", partial(sign, stage, row, second))
    stage.notes("Now the outcome stands.", GatewayAssessment.objects.get(pk=row.pk).is_signed)


def wrong_person(stage: Stage) -> None:
    """Two pupils were mixed up: does what was cleared and assessed about the one hold for the other?"""
    ours, boss, theirs, fimu = officer(stage), supervisor(stage), lead(stage), analyst(stage)
    referral, _sent = stage.submits("A school sends a referral.", PUPIL)
    stage.receives(referral, ours)
    council = stage.receives(referral, theirs)
    stage.answers(referral, fimu, Outcome.CLEAR)
    row = stage.assesses(referral, ours, GOES_ON)
    stage.does(f"{ours.name} proposes Channel.", partial(propose, stage, row, ours))
    right = {"given_names": "Peregrine", "family_name": "Ashdown-Okafor", "adult_or_child": "child"}
    stage.does(
        f"The school rings: it is another pupil. {theirs.name} puts it right.",
        lambda: detach_referral(
            dispatch_id=council.pk, wrong_id=referral.person_id, right=right,
            reason="The school mixed up two pupils of one class.", by=theirs, now=stage.now,
        ),
    )  # fmt: skip
    stage.tries(f"{boss.name} signs what was proposed.", partial(sign, stage, row, boss), asked=True)
    about = Referral.objects.select_related("person").get(pk=referral.pk)
    stage.tries(f"{theirs.name} plans a visit to him.", partial(plan_visit, stage, about, theirs), asked=True)
    stage.answers(about, fimu, Outcome.CLEAR)
    stage.does(f"{theirs.name} plans the visit again.", partial(plan_visit, stage, about, theirs))


def malicious(stage: Stage) -> None:
    """A referral was sent out of spite: may it be closed as disproved, with an early review of retention?"""
    ours, boss = officer(stage), supervisor(stage)
    referral, _sent = stage.submits("Somebody who wants to harm him sends a referral.", UNNAMED)
    stage.receives(referral, ours)
    words = "The boxes hold a theatre’s programmes. Whoever wrote it says that he wants him out of the house."
    disproved = replace(NO_ACTION, outcome=TriageOutcome.DISPROVED, reasons=(ClosingReason.UNTRUE,), rationale=words)
    row = stage.assesses(referral, ours, disproved)
    stage.tries(f"{ours.name} proposes it before FIMU has answered.", partial(propose, stage, row, ours))
    stage.answers(referral, analyst(stage), Outcome.CLEAR)
    stage.writes(row, ours, replace(disproved, no_concerns=NoConcerns.NO))
    stage.tries(f"{ours.name} proposes it while concerns remain.", partial(propose, stage, row, ours))
    stage.writes(row, ours, disproved)
    stage.does(f"{ours.name} proposes it, with the grounds.", partial(propose, stage, row, ours))
    stage.tries(f"{boss.name} signs.", partial(sign, stage, row, boss), asked=True)
    early = GatewayAssessment.objects.get(pk=row.pk).asks_for_early_review
    stage.notes("An early review of retention is asked for.", early)


def colleague(stage: Stage) -> None:
    """A referral about a police officer: is it worked to its outcome, unseen by those who work beside them?"""
    ours = stage.somebody("Wilhelmina Pask", RoleName.RESTRICTED_DESK_OFFICER, DESK)
    other = stage.somebody("Ignatius Carew", RoleName.RESTRICTED_DESK_OFFICER, DESK)
    fimu = stage.somebody("Philippa Ravenscroft", RoleName.FIMU_ANALYST, DESK)
    beside = officer(stage)
    referral, _sent = stage.submits("A colleague sends a referral.", COLLEAGUE)
    stage.tries(
        f"{beside.name}, who works beside them, opens an assessment.",
        lambda: begin_assessment(referral_id=referral.pk, by=beside, now=stage.now),
    )
    stage.receives(referral, ours)
    stage.answers(referral, fimu, Outcome.CLEAR)
    row = stage.assesses(referral, ours, GOES_ON)
    stage.does(f"{ours.name} of the restricted desk proposes Channel.", partial(propose, stage, row, ours))
    stage.tries(f"{ours.name} signs it, too.", partial(sign, stage, row, ours))
    stage.tries(f"{other.name} of the restricted desk signs.", partial(sign, stage, row, other), asked=True)


def anonymous(stage: Stage) -> None:
    """Somebody gave no name and no address: can they come back, and answer a question?"""
    ours = officer(stage)
    referral, sent = stage.submits("A neighbour sends a referral, and gives no name.", UNNAMED)
    police = stage.receives(referral, ours)
    stage.answers(referral, analyst(stage), Outcome.CLEAR)
    question = stage.does(f"{ours.name} asks a question.", partial(ask, stage, police, ours))
    stage.tries("Somebody comes with a wrong code.", partial(return_to_page, stage, sent.reference, "no code"))
    with_code = partial(return_to_page, stage, sent.reference, sent.code)
    stage.tries("The neighbour comes back with reference and code alone.", with_code, asked=True)
    stage.tries(
        "The neighbour answers.",
        lambda: answer_question(
            question_id=question.pk, words="On most Fridays.", holder=BROWSER, by=Agent.REFERRER, now=stage.now
        ),
        asked=True,
    )  # fmt: skip
    stage.tries(f"{ours.name} releases words to the neighbour.", partial(tell, stage, police, ours))


def two_in_the_morning(stage: Stage) -> None:
    """At two on a Sunday morning somebody is in danger, and FIMU has not answered: may safeguarding go ahead?"""
    sunday = stage.now - timedelta(days=stage.now.isoweekday() % 7 or 7)
    stage.now = sunday.replace(hour=2, minute=0)
    ours = officer(stage)
    analyst(stage)  # who is asleep
    referral, _sent = stage.submits("A youth worker sends a referral: somebody is in danger.", DANGER)
    both = referral.immediate and referral.dispatches.count() == 2
    stage.notes("Police and council have it at once, marked as immediate danger.", both)
    stage.receives(referral, ours)
    stage.tries(f"{ours.name} plans a visit.", partial(plan_visit, stage, referral, ours))
    urgent = Urgent(
        need="He left home tonight with a knife.",
        at_risk="He himself, and whoever he meets.",
        consulted="The duty inspector, by telephone.",
    )
    visit = partial(plan_visit, stage, referral, ours, urgent)
    stage.tries(f"{ours.name} plans it as urgent safeguarding, and says why it cannot wait.", visit, asked=True)
    alerts = Notice.objects.filter(kind=NoticeKind.PROCEEDED_URGENTLY, tells_of=[referral.pk])
    stage.notes("The police desk is alerted.", alerts.exists())


def no_ideology(stage: Stage) -> None:
    """No ideology was found, and the terrorism risk is low: is that enough to close a referral?"""
    ours, boss = officer(stage), supervisor(stage)
    referral, _sent = stage.submits("A school sends a referral.", PUPIL)
    stage.receives(referral, ours)
    stage.answers(referral, analyst(stage), Outcome.CLEAR)
    row = stage.assesses(referral, ours, replace(NO_ACTION, reasons=(ClosingReason.NO_IDEOLOGY,)))
    stage.tries(f"{ours.name} closes it: no clear ideology.", partial(propose, stage, row, ours), asked=True)
    three = (ClosingReason.NO_IDEOLOGY, ClosingReason.LOW_RISK, ClosingReason.NO_ILL_HEALTH)
    stage.writes(row, ours, replace(NO_ACTION, reasons=three))
    more = f"{ours.name} adds low terrorism risk and no mental ill-health."
    stage.tries(more, partial(propose, stage, row, ours), asked=True)
    stage.writes(row, ours, replace(NO_ACTION, reasons=(*three, ClosingReason.EXPLAINED)))
    stage.does(f"{ours.name} closes it: what was seen is explained, and checked.", partial(propose, stage, row, ours))
    stage.does(f"{boss.name} signs.", partial(sign, stage, row, boss))


STORIES: Mapping[str, Story] = {
    "hold": hold,
    "repeat-referral": repeat_referral,
    "wrong-person": wrong_person,
    "malicious": malicious,
    "colleague": colleague,
    "anonymous": anonymous,
    "two-in-the-morning": two_in_the_morning,
    "no-ideology": no_ideology,
}
