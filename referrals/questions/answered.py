"""The answers as they are shown: on check-your-answers, on the referral page, on paper."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format

from agencies.models import Place
from agencies.place_names import name_of
from referrals.questions.checks import DATE_PARTS, as_date
from referrals.questions.shapes import Answers, Kind, Page, Question, Text, say
from referrals.questions.versions import FORM_VERSION, form_of


@dataclass(frozen=True)
class Row:
    """One answer: the name of its row, its value in words (several for checkboxes), the page that asks it.

    `own_words`: typed by the referrer, in whichever language they write.
    """

    name: str
    label: Text
    values: tuple[Text, ...]
    page: str
    whose: str
    multiline: bool = False
    own_words: bool = False


@dataclass(frozen=True)
class Section:
    """The answers of one page; `blank` names the questions that were asked and left empty."""

    title: Text
    page: str
    rows: tuple[Row, ...]
    blank: tuple[Text, ...]


def name_of_place(code: str) -> str:
    """The name of a council by its GSS code, in the reader's language; the code where it is not known. One query."""
    name: str | None = (
        Place.objects.filter(gss_code=code).order_by("-valid_from").values_list("name", flat=True).first()
    )
    return name_of(code, name or code)


def answered(
    answers: Answers, version: str = FORM_VERSION, *, place: Callable[[str], str] = name_of_place
) -> list[Section]:
    """What was asked and answered, page by page, in words, as the referrer read it in that version."""
    sections = (_section(page, answers, place) for page in form_of(version).path(answers))
    return [section for section in sections if section.rows or section.blank]


def _section(page: Page, answers: Answers, place: Callable[[str], str]) -> Section:
    asked = [question for question in page.questions if question.is_asked(answers)]
    rows = [_row(question, answers, page, place) for question in asked if answers.get(question.name)]
    blank = tuple(row_name(question, answers) for question in asked if not answers.get(question.name))
    return Section(say(page.section, answers), page.slug, tuple(rows), blank)


def row_name(question: Question, answers: Answers) -> Text:
    """What a question is called where its answer stands."""
    return say(question.short or question.label, answers)


def _row(question: Question, answers: Answers, page: Page, place: Callable[[str], str]) -> Row:
    value = answers[question.name]
    return Row(
        question.name,
        row_name(question, answers),
        tuple(_words(question, value, answers, place)),
        page.slug,
        question.whose.value,
        multiline=question.kind is Kind.LONG_TEXT,
        own_words=question.kind in {Kind.TEXT, Kind.LONG_TEXT},
    )


def _words(question: Question, value: Any, answers: Answers, place: Callable[[str], str]) -> Iterable[Text]:
    if question.kind is Kind.DATE:
        day = as_date(value)
        return [date_format(day, "DATE_FORMAT") if day else " ".join(value[part] for part in DATE_PARTS)]
    labels: dict[str, Text] = {choice.value: say(choice.label, answers) for choice in question.choices}
    if question.kind is Kind.AUTHORITY:
        return [labels[value] if value in labels else place(value)]
    items: list[str] = value if isinstance(value, list) else [value]
    return [labels.get(item, item) for item in items]
