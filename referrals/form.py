"""The national form: one definition for pages, check-your-answers, storage, completeness and the API.

The questions themselves are data in `referrals/questions`; each version of the form stays there for as long as
drafts or referrals were given with it. It is a form of our own: the fields of the official one are not published.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.postcodes import in_northern_ireland
from referrals.questions.answered import Row, Section, answered
from referrals.questions.checks import kept, problem
from referrals.questions.opening import HOW_IT_CAME
from referrals.questions.person import NORTHERN_IRELAND
from referrals.questions.shapes import SELF, UNKNOWN, Answers, Page, Question, Text, say
from referrals.questions.versions import FORM_VERSION, PLACE_PAGES, VERSIONS, Form, form_of

__all__ = [
    "FORM_VERSION",
    "VERSIONS",
    "Answers",
    "Form",
    "Incomplete",
    "Page",
    "Question",
    "Row",
    "Section",
    "answered",
    "check_complete",
    "clean",
    "errors_on",
    "every_error",
    "form_of",
    "is_immediate",
    "lives_in_northern_ireland",
    "suggested",
]

# Stated by whoever starts a draft, not by an answer: how a referral reached the officer who enters it.
STATED = "entry"

OUTSIDE_THE_DUTY = _(
    "Prevent does not cover Northern Ireland. If they study or work in England, Scotland or Wales, "
    "give that postcode or council area instead. If not, call the police on 101"
)


class Incomplete(Exception):
    """The answers cannot be sent yet: `errors` (question name -> sentence) stand on the page `page_slug`."""

    def __init__(self, page_slug: str, errors: dict[str, Text]) -> None:
        super().__init__(f"{page_slug}: {', '.join(errors)}")
        self.page_slug = page_slug
        self.errors = errors


def clean(answers: Answers, version: str = FORM_VERSION) -> dict[str, Any]:
    """The answers worth keeping: those to questions that are asked, in the shape they are stored in.

    Answers to questions that are no longer asked are dropped. Conditions look at earlier answers only, so one
    pass in order settles everything; cleaning twice changes nothing.
    """
    result: dict[str, Any] = {STATED: answers[STATED]} if isinstance(answers.get(STATED), str) else {}
    for page in form_of(version).pages:
        if not page.is_asked(result):
            continue
        for question in page.questions:
            value = kept(question, answers.get(question.name)) if question.is_asked(result) else None
            if value is not None:
                result[question.name] = value
    if not HOW_IT_CAME.is_asked(result):
        result.pop(STATED, None)
    return result


def errors_on(page: Page, answers: Answers) -> dict[str, Text]:
    """What is wrong or missing on one page: question name -> sentence, in the order of the questions."""
    answers = clean_page(page, answers)
    errors: dict[str, Text] = {}
    for question in page.questions:
        if not question.is_asked(answers):
            continue
        given = answers.get(question.name)
        if given is None and question.is_required(answers):
            errors[question.name] = say(question.missing, answers)
        elif given is not None and (wrong := problem(question, given, answers)):
            errors[question.name] = wrong
    errors = _broken_rules(page, answers) | errors
    return {question.name: errors[question.name] for question in page.questions if question.name in errors}


def clean_page(page: Page, answers: Answers) -> dict[str, Any]:
    """`answers` with those of this page in the shape they are stored in; other pages are taken as they are."""
    given = {name: value for name, value in answers.items() if value is not None}
    for question in page.questions:
        value = kept(question, given.pop(question.name, None))
        if value is not None:
            given[question.name] = value
    return given


def _broken_rules(page: Page, answers: Answers) -> dict[str, Text]:
    """The error of each rule of which no question is answered, at the first of its questions that is asked."""
    questions = {question.name: question for question in page.questions}
    errors: dict[str, Text] = {}
    for rule in page.rules:
        if rule.required_if is not None and not rule.required_if(answers):
            continue
        asked = [name for name in rule.names if questions[name].is_asked(answers)]
        if not any(name in answers for name in asked):
            errors[asked[0]] = say(rule.missing, answers)
    return errors


def check_complete(answers: Answers, version: str = FORM_VERSION) -> None:
    """Raise Incomplete, for the first page on which something is missing or wrong, unless all can be sent."""
    answers = clean(answers, version)
    for page in form_of(version).path(answers):
        errors = errors_on(page, answers)
        if not errors and page.slug in PLACE_PAGES and lives_in_northern_ireland(answers):
            errors = {"authority": OUTSIDE_THE_DUTY}
        if errors:
            raise Incomplete(page.slug, errors)


def every_error(answers: Answers, version: str = FORM_VERSION) -> dict[str, Text]:
    """What is wrong or missing on any page, by question: for those who send everything at once."""
    answers = clean(answers, version)
    errors: dict[str, Text] = {}
    for page in form_of(version).path(answers):
        found = errors_on(page, answers)
        if not found and page.slug in PLACE_PAGES and lives_in_northern_ireland(answers):
            found = {"authority": OUTSIDE_THE_DUTY}
        errors |= found
    return errors


def lives_in_northern_ireland(answers: Answers) -> bool:
    """Whether the person is known to live where the duty does not apply; decided as `routing.route` decides."""
    postcode = answers.get("postcode")
    if isinstance(postcode, str):
        return in_northern_ireland(postcode)
    return answers.get("authority") == NORTHERN_IRELAND


def is_immediate(answers: Answers) -> bool:
    """Whether duty officers are alerted at once: someone is in danger now, or the referrer is not sure."""
    return answers.get("danger") in {"yes", UNKNOWN}


def suggested(answers: Answers) -> dict[str, str]:
    """Answers worth offering for correction so that nobody types them twice: about oneself, one's own name."""
    name = answers.get("referrer_name")
    if answers.get("referrer_kind") != SELF or not isinstance(name, str) or "given_names" in answers:
        return {}
    given, _space, family = name.strip().rpartition(" ")
    return {"given_names": given, "family_name": family} if given else {"given_names": family}
