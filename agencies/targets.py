"""How soon an agency takes receipt, and who hears of it when it does not. Local settings, never national policy."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from agencies.working_days import Calendar, due_after

# What a deployment starts with. There is no statutory number of days: these are a local convention.
MOST_DAYS, FEWEST_MINUTES, MOST_MINUTES = 20, 5, 24 * 60


@dataclass(frozen=True)
class Targets:
    """Working days to take receipt, further ones until supervisor and national desk hear; minutes in danger."""

    acknowledge_days: int = 1
    supervisor_days: int = 1
    desk_days: int = 1
    immediate_minutes: int = 30

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


DEFAULT = Targets()
