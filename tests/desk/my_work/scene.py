"""Whose home pages are looked at: the people of one council, a neighbour and the police."""

from dataclasses import dataclass

from django.utils import timezone

from agencies.models import Agency, User
from agencies.roles import RoleName
from audit.agents import Agent
from tests.making import analyst_of, make_user, officer_of
from tests.overdue import supervisor_of
from tests.triage.assessing import supervisor_at


@dataclass(frozen=True)
class Scene:
    """The people of one council, a neighbour and the police."""

    lead: User
    colleague: User
    neighbour: User
    police: User
    boss: User
    answers_for_staff: User
    analyst: User
    police_boss: User

    def reader_for(self, source: str) -> User:
        """Whose home page shows it."""
        others = {
            "withdrawals_to_decide": self.police,
            "offers_to_answer": self.neighbour,
            "requests_to_answer": self.neighbour,
            "overdue_tasks_of_colleagues": self.boss,
            "worries": self.boss,
            "tellings_of_colleagues": self.boss,
            "allegations": self.answers_for_staff,
            "deconflictions_to_answer": self.analyst,
            "answers_disputed": self.analyst,
            "outcomes_to_sign": self.police_boss,
            "partnerships_to_accept": self.police,
            "partnerships_unowned": self.police_boss,
            "partnerships_offered": self.police_boss,
            "partnerships_owned": self.police,
            "partnerships_overdue": self.police_boss,
            "planned_to_do": self.police,
            "assessments_to_finish": self.police,
            "signpostings_open": self.police,
            "partnerships_to_leave": self.police_boss,
            "deconflictions_unanswered": self.police,
            "held_near_review": self.police,
            "urgencies_not_seen": self.police,
        }
        return others.get(source, self.lead)


def everything() -> Scene:
    """Nothing waits for any of them yet."""
    council, other = (Agency.objects.get(code=code) for code in ("E08000038", "E08000032"))
    police = Agency.objects.get(code="ctp-north-east")
    desk = Agency.objects.get(code="restricted-authority-desk")
    return Scene(
        lead=officer_of(council, name="Wren Castellane"),
        colleague=officer_of(council, name="Idris Vane"),
        neighbour=officer_of(other, name="Hope Ansell"),
        police=officer_of(police, name="Piers Lockhart"),
        boss=supervisor_of(council),
        answers_for_staff=make_user(
            agency=desk, role=RoleName.ALLEGATIONS_OFFICER, name="Wyn Adair", by=Agent.OPERATOR, now=timezone.now()
        ),
        analyst=analyst_of(police),
        police_boss=supervisor_at(police),
    )
