"""The one shape of everything that stands on somebody's home page: rows, each with what, why, when and whose."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.models import Agency, User
from agencies.working_days import calendar_of, london_date, working_days_between

# How many rows of one source stand on the page; the rest is where its `more` leads.
SHOWN = 10


class Section(Enum):
    """The parts of the page, in order."""

    DANGER = gettext_lazy("Immediate danger")
    OVERDUE = gettext_lazy("Overdue")
    NEW = gettext_lazy("New")
    DUE = gettext_lazy("Due")
    WAITING = gettext_lazy("Waiting for others")


@dataclass(frozen=True)
class Due:
    """When something is due, and how many working days are left until then, or have passed since.

    `local`: by a local target, and so labelled; else somebody chose the day. Made by `due_at` and kept nowhere.
    """

    at: datetime
    days: int
    over: bool
    local: bool

    @property
    def words(self) -> str:
        """Such as "3 working days left"."""
        if self.over:
            late = ngettext("Overdue by {days} working day", "Overdue by {days} working days", self.days)
            return late.format(days=self.days) if self.days else _("Overdue")
        left = ngettext("{days} working day left", "{days} working days left", self.days)
        return left.format(days=self.days) if self.days else _("Due today")

    @property
    def colour(self) -> str:
        """Of its tag."""
        return "govuk-tag--magenta" if self.over else "govuk-tag--grey"


def due_at(at: datetime | None, agency: Agency, *, now: datetime, local: bool = True) -> Due | None:
    """What is due then, by the calendar of the agency that has to do it; None where nothing says when."""
    if at is None:
        return None
    first, last = sorted((london_date(now), london_date(at)))
    return Due(at, working_days_between(first, last, calendar_of(agency.code)), over=at < now, local=local)


# Its words and its colour.
Tag = tuple[str | Promise, str]
NOT_CLEARED: Tag = (gettext_lazy("Not cleared"), "govuk-tag--purple")
CLEARED: Tag = (gettext_lazy("Cleared"), "govuk-tag--green")
CLEARED_WITH_CONDITIONS: Tag = (gettext_lazy("Cleared with conditions"), "govuk-tag--turquoise")
AREA_NOT_KNOWN: Tag = (gettext_lazy("Area not known"), "govuk-tag--orange")


@dataclass(frozen=True)
class Row:
    """One thing: what it is and where it is opened, what to do next, why it is the reader's, whose it is, when due.

    `section` is where it stands unless it is overdue. `listed` are the ids of the referrals of which the row tells,
    `requests` those of information requests: that they were shown goes on record. Rows stand in the order of
    `immediate`, then what is due, then `since`.
    """

    section: Section
    title: str
    address: str
    next_step: str | Promise
    why: str | Promise
    owner: str | Promise
    since: datetime
    listed: tuple[UUID, ...] = ()
    requests: tuple[UUID, ...] = ()
    about: str = ""
    agency: str = ""
    due: Due | None = None
    tags: tuple[Tag, ...] = ()
    immediate: bool = False

    @property
    def stands_in(self) -> Section:
        """The section in which it is shown. Of what waits for others the reader is told there, also when it is late."""
        late = self.due is not None and self.due.over and self.section in (Section.NEW, Section.DUE)
        return Section.OVERDUE if late else self.section

    @property
    def order(self) -> tuple[bool, bool, datetime, str]:
        """What is most urgent first."""
        return (not self.immediate, self.due is None, self.due.at if self.due else self.since, self.title)


@dataclass(frozen=True)
class Pile:
    """What one source has for the reader: at most `SHOWN` rows, and where all of them are if there are more."""

    title: str | Promise
    rows: list[Row]
    more: str = ""


class Source(Protocol):
    """Finds one kind of work. See `desk.my_work.sources`."""

    __name__: str

    def __call__(self, reader: User, *, now: datetime) -> Pile | None:
        """The reader's pile; None, without asking, where the reader has no such work."""


def pile_of(title: str | Promise, found: QuerySet[Any], row: Callable[[Any], Row], *, more: str) -> Pile:
    """The first rows of an ordered queryset, what is most urgent first. One query."""
    first = list(found[: SHOWN + 1])
    return Pile(title, [row(each) for each in first[:SHOWN]], more if len(first) > SHOWN else "")


@dataclass(frozen=True)
class Shown:
    """One section of the page, and where there is more than is shown."""

    section: Section
    rows: list[Row]
    more: list[Pile]

    @property
    def title(self) -> str:
        """Its heading."""
        return str(self.section.value)

    @property
    def name(self) -> str:
        """Its anchor in the page."""
        return self.section.name.lower()


def sections(piles: Iterable[Pile]) -> list[Shown]:
    """The rows of all piles, section by section, without the sections in which nothing stands.

    Where a pile has more it is said below its last row: what is not shown comes after it.
    """
    found = [pile for pile in piles if pile.rows]
    ends = [(max(pile.rows, key=lambda row: _after(row)).stands_in, pile) for pile in found if pile.more]
    shown = []
    for section in Section:
        rows = [row for pile in found for row in pile.rows if row.stands_in is section]
        more = [pile for end, pile in ends if end is section]
        if rows:
            shown.append(Shown(section, sorted(rows, key=lambda row: row.order), more))
    return shown


def _after(row: Row) -> int:
    return list(Section).index(row.stands_in)
