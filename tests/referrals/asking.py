"""Questions to referrers for tests: both agencies have taken receipt, and FIMU has answered or not."""

from typing import Any

from django.utils import timezone

from agencies.models import User
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.ask_referrer import ask_referrer
from referrals.actions.release_question import release_question
from referrals.models import Question, Referral
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of
from tests.triage.deconflicting import answered
from triage.models import Deconfliction, Outcome
from triage.states import DeconflictionState

ASKED = "On which day did he say it?"


def cleared(referral: Referral, outcome: Outcome = Outcome.CLEAR) -> None:
    """FIMU answers what it is asked about a referral."""
    for row in Deconfliction.objects.filter(referral=referral, state=DeconflictionState.OPEN):
        answered(row, outcome)


class Desk:
    """Both agencies of a referral, and an officer of each."""

    def __init__(self, referral: Referral) -> None:
        self.referral = referral
        self.council, self.police = dispatch_to_authority(referral), dispatch_to_police(referral)
        self.lead, self.officer = officer_of(self.council.agency), officer_of(self.police.agency)
        for dispatch, by in ((self.council, self.lead), (self.police, self.officer)):
            if dispatch.waits:
                acknowledge_dispatch(dispatch_id=dispatch.pk, by=by, now=timezone.now())

    def asks(self, words: str = ASKED) -> Question:
        """The council's lead asks."""
        made: Question = ask_referrer(dispatch_id=self.council.pk, words=words, by=self.lead, now=timezone.now())
        return made

    def sends(self, question: Question, *, by: User | None = None) -> Any:
        """... and sends it."""
        return release_question(question_id=question.pk, by=by or self.lead, now=timezone.now())
