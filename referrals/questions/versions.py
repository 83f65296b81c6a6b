"""Every version of the form. A draft or referral is always shown and checked with the version it was given with."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from referrals.questions.concern import CONCERN
from referrals.questions.done import DONE
from referrals.questions.more import MORE, MORE_AND_NEEDS, NEEDS
from referrals.questions.opening import DANGER, EMERGENCY, HOW_IT_CAME
from referrals.questions.person import (
    PERSON,
    PERSON_2026_11,
    PERSON_AND_PLACE,
    PERSON_AND_PLACE_2026_11,
    PERSON_PLACE,
)
from referrals.questions.referrer import YOU, YOU_2026_11, YOUR_WORK
from referrals.questions.shapes import Answers, Page, Question

FORM_VERSION = "2026-12"

# Where the place is asked: here Northern Ireland has to be told from Great Britain.
PLACE_PAGES = {PERSON_PLACE.slug, PERSON_AND_PLACE.slug}


@dataclass(frozen=True)
class Form:
    """One version of the form: its pages in order."""

    version: str
    pages: tuple[Page, ...]
    questions: dict[str, Question] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "questions", {q.name: q for page in self.pages for q in page.questions})

    def page(self, slug: str) -> Page:
        """The page of that name. Raises LookupError."""
        for page in self.pages:
            if page.slug == slug:
                return page
        raise LookupError(slug)

    def path(self, answers: Answers) -> list[Page]:
        """The pages that are asked, given the answers so far, in order."""
        return [page for page in self.pages if page.is_asked(answers)]

    def asked(self, answers: Answers) -> Iterator[tuple[Page, Question]]:
        """Every question that is asked, with its page."""
        for page in self.path(answers):
            for question in page.questions:
                if question.is_asked(answers):
                    yield page, question


_NOW = Form(
    FORM_VERSION,
    (
        HOW_IT_CAME,
        DANGER,
        EMERGENCY,
        YOU,
        YOUR_WORK,
        CONCERN,
        PERSON,
        PERSON_PLACE,
        PERSON_AND_PLACE,
        DONE,
        NEEDS,
        MORE,
        MORE_AND_NEEDS,
    ),
)
# Of the referrer and the person it was asked at once, on the referrer's page, where they work.
_2026_11 = Form(
    "2026-11",
    (
        HOW_IT_CAME,
        DANGER,
        EMERGENCY,
        YOU_2026_11,
        YOUR_WORK,
        CONCERN,
        PERSON_2026_11,
        PERSON_PLACE,
        PERSON_AND_PLACE_2026_11,
        DONE,
        NEEDS,
        MORE,
        MORE_AND_NEEDS,
    ),
)
VERSIONS: dict[str, Form] = {form.version: form for form in (_NOW, _2026_11)}


def form_of(version: str) -> Form:
    """The form as it was in that version. Raises LookupError for one that never was."""
    return VERSIONS[version]
