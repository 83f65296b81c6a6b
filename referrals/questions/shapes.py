"""The shapes that questions are written in: Question, Page, Choice, Rule and their conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

Answers = Mapping[str, Any]
Text = str | Promise

WORK, FAMILY, PUBLIC, SELF = "work", "family", "public", "self"
UNKNOWN = "unknown"


class Kind(StrEnum):
    """What is typed or picked, and so how an answer is stored."""

    TEXT = "text"  # one line -> str
    LONG_TEXT = "long_text"  # a box -> str
    EMAIL = "email"  # -> str
    PHONE = "phone"  # -> str, as typed
    POSTCODE = "postcode"  # -> str, as typed
    AGE = "age"  # whole years -> str of digits
    DATE = "date"  # -> {"day": str, "month": str, "year": str}, as typed
    ONE_OF = "one_of"  # radios -> str
    ANY_OF = "any_of"  # checkboxes -> list[str]
    AUTHORITY = "authority"  # a select -> GSS code of the authority, "unknown" or "northern_ireland"


class Whose(StrEnum):
    """Whose data an answer is, which decides under whose key it is kept and who may ask for it."""

    PERSON = "person"  # the person who is referred
    REFERRER = "referrer"
    OTHERS = "others"  # a colleague, an officer: somebody else named in passing
    NOBODY = "nobody"  # about the referral itself


@dataclass(frozen=True)
class ByKind:
    """A wording that differs by the kind of referrer; `otherwise` where nothing special is said."""

    otherwise: Text
    work: Text | None = None
    family: Text | None = None
    public: Text | None = None
    self: Text | None = None


Wording = Text | ByKind


def say(wording: Wording, answers: Answers) -> Text:
    """The wording for the kind of referrer in `answers`."""
    if not isinstance(wording, ByKind):
        return wording
    kind = answers.get("referrer_kind")
    special = getattr(wording, kind) if kind in (WORK, FAMILY, PUBLIC, SELF) else None
    return wording.otherwise if special is None else special


@dataclass(frozen=True)
class When:
    """A condition on an earlier answer: it is one of `values` (or, with `unless`, it is not)."""

    name: str
    values: frozenset[str]
    unless: bool = False

    def __call__(self, answers: Answers) -> bool:
        """Whether it holds, given the answers so far."""
        given = answers.get(self.name)
        met = isinstance(given, str) and given in self.values
        return met is not self.unless


def when(name: str, *values: str) -> When:
    """Asked when the answer to `name` is one of `values`."""
    return When(name, frozenset(values))


def unless(name: str, *values: str) -> When:
    """Asked unless the answer to `name` is one of `values`; also asked while there is no answer."""
    return When(name, frozenset(values), unless=True)


@dataclass(frozen=True)
class Choice:
    """One radio, checkbox or option. An `exclusive` checkbox ("none of these") stands alone."""

    value: str
    label: Wording
    hint: Wording = ""
    exclusive: bool = False


@dataclass(frozen=True)
class Question:
    """One question: what is asked, of whom, what may be answered, and whose data the answer is."""

    name: str
    kind: Kind
    label: Wording
    whose: Whose
    hint: Wording = ""
    prompts: tuple[Wording, ...] = ()
    choices: tuple[Choice, ...] = ()
    asked_if: When | None = None
    required: bool = False
    required_if: When | None = None
    missing: Wording = ""  # the error where a required answer is missing
    max_length: int = 200
    autocomplete: str = ""
    spellcheck: bool = True
    short: Wording = ""  # the row's name on check-your-answers, where the question itself is long

    def is_asked(self, answers: Answers) -> bool:
        """Whether it is asked, given the answers so far."""
        return self.asked_if is None or self.asked_if(answers)

    def is_required(self, answers: Answers) -> bool:
        """Whether it must be answered, where it is asked."""
        return self.required or (self.required_if is not None and self.required_if(answers))


@dataclass(frozen=True)
class OneOf:
    """At least one of `names` must be answered; the error stands at the first that is asked."""

    names: tuple[str, ...]
    missing: Wording
    required_if: When | None = None


@dataclass(frozen=True)
class Group:
    """Questions that stand together under a heading of their own on a longer page."""

    questions: tuple[Question, ...]
    heading: Wording = ""
    intro: tuple[Wording, ...] = ()
    notice: Wording = ""  # what must not be overlooked; stands out


@dataclass(frozen=True)
class Page:
    """One page of the form. Its template may add guidance; its questions are all here."""

    slug: str
    title: Wording
    section: Wording  # its heading on check-your-answers
    groups: tuple[Group, ...] = ()
    intro: tuple[Wording, ...] = ()
    rules: tuple[OneOf, ...] = ()
    asked_if: When | None = None
    documents: bool = False  # files may be uploaded here; they are no answers and are kept by their own room
    questions: tuple[Question, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "questions", tuple(q for g in self.groups for q in g.questions))

    @property
    def names(self) -> set[str]:
        """The names of its questions."""
        return {question.name for question in self.questions}

    def is_asked(self, answers: Answers) -> bool:
        """Whether the page is part of the path, given the answers so far."""
        return self.asked_if is None or self.asked_if(answers)
