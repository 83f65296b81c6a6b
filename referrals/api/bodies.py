"""What goes over the wire beside the answers."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field, RootModel

from documents.kinds import Kind
from people.models import AdultOrChild
from referrals.models import WithdrawalKind
from referrals.states import WithdrawalState

# One line without control characters, and without spaces around it. Python's $ would let a last line end pass.
LINE = r"^[^\s\x00-\x1f\x7f]([^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?$(?!\n)"
Word = Annotated[str, Field(min_length=1, max_length=100, pattern=LINE)]


class ReferralIn(RootModel[dict[str, Any]]):
    """A referral to send. Its schema in the document is made of the form's questions."""


class SentReferral(Schema):
    """A referral that has been stored, and dispatched to those who act on it."""

    id: UUID = Field(description="Names the referral here; ask for its status with it.")
    reference: str = Field(description="What people say on the telephone.", examples=["7K4M-Q2XP"])
    contact_code: str = Field(
        description="Proves later that you are who sent it. Keep it like a password; it is not kept here.",
        examples=["7K4M-Q2XP-3HFD"],
    )
    status: Literal["received"]


class Status(Schema):
    """How a referral stands, as far as its referrer is told: the same for every outcome."""

    id: UUID
    reference: str
    received_at: datetime
    status: Literal["received", "being_considered", "first_consideration_finished"]


class Row(Schema):
    """One answer in words."""

    question: str
    label: str
    values: list[str]


class Section(Schema):
    """The answers of one page of the form in words; `blank` names what was asked and left empty."""

    title: str
    rows: list[Row]
    blank: list[str]


class DispatchOut(Schema):
    """The delivery of a referral to your agency."""

    id: UUID
    agency: str = Field(description="The code of your agency.")
    sent_at: datetime
    receipt: Literal["waiting", "taken"] = Field(
        description="Whether an officer of your agency has taken receipt. That is done by a named officer, in "
        "casework; no system can do it."
    )


class PersonOut(Schema):
    """Whom the referral is about, as far as is known today. What is not known is empty."""

    given_names: str
    family_name: str
    other_names: str
    adult_or_child: AdultOrChild
    date_of_birth: date | None
    approximate_age: str


class WithdrawalOut(Schema):
    """Somebody said that it was sent in error, or withdrew it. Until the police have decided, nothing stops."""

    kind: WithdrawalKind
    state: WithdrawalState = Field(
        description="Reported: the police have still to decide. Continued: they go on. Stopped: they do not, and "
        "keeping people safe goes on. Resumed: they have taken it up again."
    )


class DocumentOut(Schema):
    """A file beside the referral, named and not sent: officers open it in casework."""

    id: UUID
    name: str
    kind: Kind
    state: Literal["checking", "clean", "refused"] = Field(
        description="What the virus scanner has said. Nobody opens a document that is not clean."
    )
    source: str = Field(description="Where the officer who added it has it from. Empty if it came with the referral.")
    caveat: str = Field(description="How it must be handled, if anybody has said so.")


class DispatchedReferral(Schema):
    """A referral as the agency's officers see it."""

    id: UUID
    reference: str
    received_at: datetime
    received_by: str = Field(description="How it reached the front door.")
    form_version: str
    language: str = Field(description="In which language to write to the referrer.")
    immediate: bool = Field(description="The referrer believes that somebody may be in immediate danger.")
    area_known: bool
    deconfliction: Literal["not_cleared", "cleared", "cleared_with_conditions"] = Field(
        description="Whether the police have cleared contact with the person, their family and the referrer, at the "
        "moment of this answer. Whatever is new holds it again: fetch the referral anew before any contact. Conditions "
        "are read in casework."
    )
    repeated: bool = Field(
        description="Officers have confirmed that the same person was referred at another time too. Casework shows "
        "when, and which agency has it."
    )
    referrer_masked: bool = Field(
        description="The referrer asked not to be named, or had not decided. Name, contact details and place of work "
        "are then not among the answers: an officer of your agency can have them shown in casework, for a reason."
    )
    dispatches: list[DispatchOut] = Field(description="Deliveries to your agency, usually one.")
    person: PersonOut
    detached: list[datetime] = Field(
        description="When it was detached from a wrong person, oldest first. If it ever was, it is about another "
        "person than its answers name, and that is `person`: do nothing about the one in the answers."
    )
    withdrawal: WithdrawalOut | None = Field(description="The latest one. Null where there was none.")
    joined_with: list[UUID] = Field(
        description="Referrals that are one concern with this one and count as one. Those that your agency has, too."
    )
    documents: list[DocumentOut] = Field(description="In the order they came. One that was taken away is not named.")
    answers: dict[str, Any] = Field(description="By the question's name, as they would be sent.")
    sections: list[Section] = Field(description="The same in words, as the referrer read them.")


class WaitingDispatch(Schema):
    """Ids only: fetch the referral, then write back your case number."""

    id: UUID
    referral: UUID


class WaitingDispatches(Schema):
    """A page of them, oldest first."""

    dispatches: list[WaitingDispatch]
    next: str | None = Field(description="Send it as `after` for the next page. Null on the last.")


class LinkIn(Schema):
    """What your system calls the referral. No names: they are not needed here."""

    model_config = ConfigDict(extra="forbid", regex_engine="python-re")

    case_number: Word = Field(description="Your system's own number of the case.", examples=["NEX-2026-00417"])
    status: Word = Field(description="How it stands with you, in your system's words.", examples=["Open"])


class LinkOut(Schema):
    """The link as it stands. Earlier versions are kept."""

    dispatch: UUID
    case_number: str
    status: str
    version: int
    written_at: datetime
