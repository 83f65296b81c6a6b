"""How soon an agency does what falls to it, and who hears when it takes no receipt. Local settings, never policy."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from agencies.working_days import Calendar, due_after, working_days_after

# What a deployment starts with. There is no statutory number of days: these are a local convention.
MOST_DAYS, FEWEST_MINUTES, MOST_MINUTES = 20, 5, 24 * 60
# Those in working days, as `Targets` names them.
DAYS = (
    "acknowledge_days",
    "supervisor_days",
    "desk_days",
    "assign_days",
    "finish_days",
    "decide_matches_days",
    "answer_requests_days",
    "deconflict_days",
    "review_days",
)


@dataclass(frozen=True)
class Targets:
    """Working days to take receipt, further ones until supervisor and national desk hear; minutes in danger.

    And working days for the work after it: to make somebody responsible once receipt was taken, to finish a task for
    which nobody chose a date, to decide about a likely match, to answer another agency's request for information,
    to answer a deconfliction, to review a police-led partnership after it opened or was reviewed last.
    """

    acknowledge_days: int = 1
    supervisor_days: int = 1
    desk_days: int = 1
    immediate_minutes: int = 30
    assign_days: int = 1
    finish_days: int = 5
    decide_matches_days: int = 2
    answer_requests_days: int = 10
    deconflict_days: int = 2
    review_days: int = 20

    def acknowledge_by(self, sent_at: datetime, *, immediate: bool, calendar: Calendar) -> datetime:
        """When receipt is due: the end of a working day, or clock minutes for immediate danger."""
        if immediate:
            return sent_at + timedelta(minutes=self.immediate_minutes)
        return due_after(sent_at, self.acknowledge_days, calendar)

    def supervisor_due(self, acknowledge_by: datetime, *, immediate: bool, calendar: Calendar) -> datetime:
        """When the supervisors hear. Of immediate danger the duty contact is told all along: they hear at once."""
        return acknowledge_by if immediate else due_after(acknowledge_by, self.supervisor_days, calendar)

    def desk_due(self, acknowledge_by: datetime, *, immediate: bool, calendar: Calendar) -> datetime:
        """When the national desk hears."""
        if immediate:
            return acknowledge_by + timedelta(minutes=self.immediate_minutes)
        return due_after(acknowledge_by, self.supervisor_days + self.desk_days, calendar)

    def assign_by(self, received_at: datetime, *, calendar: Calendar) -> datetime:
        """When somebody of the agency is to be responsible for a referral that was received then."""
        return due_after(received_at, self.assign_days, calendar)

    def finish_by(self, opened_at: datetime, *, calendar: Calendar) -> datetime:
        """When a task is due for which whoever opened it chose no date."""
        return due_after(opened_at, self.finish_days, calendar)

    def decide_match_by(self, found_at: datetime, *, calendar: Calendar) -> datetime:
        """When it is to be decided whether two persons, likely the same, are."""
        return due_after(found_at, self.decide_matches_days, calendar)

    def answer_request_by(self, asked_at: datetime, *, calendar: Calendar) -> datetime:
        """When another agency's request for information is to be answered."""
        return due_after(asked_at, self.answer_requests_days, calendar)

    def deconflict_by(self, opened_at: datetime, *, calendar: Calendar) -> datetime:
        """When FIMU is to have answered whether anybody may be contacted."""
        return due_after(opened_at, self.deconflict_days, calendar)

    def review_on(self, day: date, *, calendar: Calendar) -> date:
        """When a police-led partnership is to be reviewed that opened, or was reviewed, on this day."""
        return working_days_after(day, self.review_days, calendar)


DEFAULT = Targets()
