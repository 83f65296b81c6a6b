"""Information requests for tests: Barnsley's council has a referral and asks Bradford's."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from agencies.models import Agency, User
from people.actions.answer_request import answer_request
from people.actions.ask_for_information import ask_for_information
from people.actions.decline_request import decline_request
from people.models import Identifier, InformationRequest, LegalBasis, RequestAnswer
from referrals.models import Referral
from tests.making import (
    TEACHER,
    cleared,
    dispatch_to_authority,
    dispatch_to_police,
    officer_of,
    submitted,
    with_mailboxes,
)

BRADFORD = "E08000032"
QUESTION = "Has the family been known to your early help team since 2022?"
NEED = "The school says that they lived in Bradford until last summer."
ANSWER = "Closed to early help in March 2024. The worker was Rosheen Tattersall."
WHY = "Nothing more is needed."
NAME, BIRTH, ADDRESS = Identifier


def agency(code: str) -> Agency:
    """The agency with this code."""
    return Agency.objects.get(code=code)


class Scene:
    """Barnsley has the teacher's referral, which is cleared; Bradford, and the police, have an officer who answers."""

    def __init__(self, *, clear: bool = True, **answers: Any) -> None:
        self.referral: Referral = submitted({**TEACHER, **answers})
        if clear:
            cleared(self.referral)
        self.person = self.referral.person
        self.ours, self.theirs = dispatch_to_authority(self.referral), dispatch_to_police(self.referral)
        self.asking, self.asked = with_mailboxes(self.ours.agency), with_mailboxes(agency(BRADFORD))
        self.lead: User = officer_of(self.asking, name="Niamh Warsame")
        self.colleague: User = officer_of(self.asking, name="Thomas Wojcik")
        self.bradford: User = officer_of(self.asked, name="Adeel Kershaw")
        self.police: User = officer_of(self.theirs.agency, name="Bronwen Haworth")

    def ask(self, *, by: User | None = None, to: Agency | None = None, **more: Any) -> InformationRequest:
        """Ask Bradford, unless told otherwise, by what is known of the name."""
        now: datetime = more.pop("now", None) or timezone.now()
        given: dict[str, Any] = {
            "person_id": self.person.pk,
            "agency_id": self.asking.pk,
            "question": QUESTION,
            "need": NEED,
            "basis": LegalBasis.CHILDREN,
            "basis_words": "",
            "discloses": [NAME],
            "due_on": timezone.localdate(now) + timedelta(days=14),
            "confirmed": True,
            **more,
        }
        made: InformationRequest = ask_for_information(
            asked_id=(to or self.asked).pk, by=by or self.lead, now=now, **given
        )
        return made

    def answer(self, request: InformationRequest, *, by: User | None = None, words: str = ANSWER) -> RequestAnswer:
        """Answer it."""
        said: RequestAnswer = answer_request(
            request_id=request.pk, words=words, by=by or self.bradford, now=timezone.now()
        )
        return said

    def decline(self, request: InformationRequest, *, by: User | None = None) -> InformationRequest:
        """Decline it."""
        done: InformationRequest = decline_request(
            request_id=request.pk, reason="We hold nothing.", by=by or self.bradford, now=timezone.now()
        )
        return done
