"""A referral of the world, its words, and which house it comes to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from agencies.roles import RoleName
from audit.agents import Agent
from people.models import Person
from tests.audit.acts import within
from tests.house.matrix.marks import Marks
from tests.house.matrix.relations import Relation
from tests.making import PUBLIC, TEACHER, submitted
from tests.referrals.at_the_desk import ABOUT_POLICE

NOW = timezone.now()
# What a referral says that goes to the agencies of each house: of an area, the national desks, the restricted desks.
AREA, DESK, RESTRICTED, FAR = "area", "desk", "restricted", "far"
SAYS: dict[str, dict[str, Any]] = {
    AREA: TEACHER,
    DESK: PUBLIC,
    RESTRICTED: ABOUT_POLICE,
    FAR: {**TEACHER, "postcode": "", "authority": "W06000015"},
}
PERSON = ("given_names", "family_name", "other_names", "approximate_age", "postcode")
NAMES = PERSON[:3]
REFERRER = ("name", "email", "role", "organisation")
# What belongs to one side of a referral: that of the police, or that of the council.
SIDED = (
    "dispatch_id", "note_id", "document_id", "offer_id", "question_id", "task_id", "written_id", "request_id",
    "file_id", "worry_id",
)  # fmt: skip
# How somebody in a role stands to a record, or to what belongs to one side of it.
StandsTo = Callable[["Record", bool | None, str], Relation]


def house_of(role: str) -> str:
    """Which referrals come to those in this role."""
    if role.startswith("national"):
        return DESK
    return RESTRICTED if role in {RoleName.RESTRICTED_DESK_OFFICER, RoleName.ALLEGATIONS_OFFICER} else AREA


@dataclass(eq=False)
class Record:
    """A referral; `rows` are the ids of what an address can name of it, by name and side."""

    house: str
    marks: Marks
    stands: StandsTo
    rows: dict[tuple[str, bool | None], UUID] = field(default_factory=dict)
    words: dict[tuple[str, bool | None], str] = field(default_factory=dict)
    houses: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Submit it, with words of its own in every field that takes some."""
        self.houses.add(self.house)
        said = {f"referrer_{name}": self.says(f"referrals.Referrer.{name}") for name in REFERRER}
        said |= {
            "concern": self.says("referrals.Referral.answers"),
            "referrer_email": f"{said['referrer_email']}@school.example",
        }
        named = {name: self.says(f"people.Person.{name}") for name in PERSON}
        if self.house != DESK:
            said |= {name: named[name] for name in NAMES}
        self.referral = submitted({**SAYS[self.house], **said}, now=NOW - timedelta(days=1))
        self.rows["referral_id", None] = self.referral.pk
        self.rows["person_id", None] = self.referral.person_id
        mark_person(self.referral.person, named)
        phone = {"phone": self.says("referrals.Referrer.phone")}  # no word is a number that the form takes
        within(do=lambda: self.referral.referrer.changed(**phone), by=Agent.OPERATOR, now=NOW)

    def says(self, name: str, side: bool | None = None) -> str:
        """The word in a field of it, or of what belongs to one side of it."""
        if (name, side) not in self.words:
            self.words[name, side] = self.marks.word(name, lambda role: self.stands(self, side, role))
        return self.words[name, side]


def mark_person(person: Person, words: dict[str, str]) -> None:
    """Write words over what is known of somebody."""
    within(do=lambda: person.changed(**words), by=Agent.OPERATOR, now=NOW)
