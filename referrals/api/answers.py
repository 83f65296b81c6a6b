"""The answers of one referral in JSON: their schema by version and kind of referrer, made of the questions."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from referrals.api.shapes import SHAPES, Around, NotThisShape, Schema
from referrals.form import clean, every_error, form_of
from referrals.questions.opening import HOW_IT_CAME
from referrals.questions.referrer import KIND_OF_REFERRER
from referrals.questions.shapes import Answers, Page, Question, Text, When, say

ASKED_OF = KIND_OF_REFERRER.name
KINDS = tuple(choice.value for choice in KIND_OF_REFERRER.choices)
LONGEST_NAME_REPEATED = 60


def pages_for(version: str, kind: str) -> Iterator[tuple[Page, list[Question]]]:
    """What a system may answer for this kind of referrer, page by page. Not how it came: it came by API."""
    answers = {ASKED_OF: kind}
    for page in form_of(version).pages:
        if page.slug != HOW_IT_CAME.slug and _can_hold(page.asked_if, answers):
            yield page, [each for each in page.questions if each.kind in SHAPES and _can_hold(each.asked_if, answers)]


def _can_hold(condition: When | None, answers: Answers) -> bool:
    """Whether a condition holds for this kind of referrer, or depends on another answer."""
    return condition is None or condition.name != ASKED_OF or condition(answers)


def schema_of(version: str, kind: str, around: Around) -> Schema:
    """The schema of the answers of one kind of referrer."""
    answers = {ASKED_OF: kind}
    properties: dict[str, Schema] = {}
    required: list[str] = []
    rules: list[Schema] = []
    for page, questions in pages_for(version, kind):
        for question in questions:
            properties[question.name] = _property(question, answers, around)
            conditions = [each for each in (page.asked_if, question.asked_if) if each and each.name != ASKED_OF]
            must = question.is_required(answers)
            if conditions:
                rules.append(_only_if(conditions, question.name, must=must))
            elif must:
                required.append(question.name)
        names = {question.name for question in questions}
        rules += [
            {"anyOf": [{"required": [name]} for name in rule.names if name in names]}
            for rule in page.rules
            if rule.required_if is None or rule.required_if(answers)
        ]
    properties[ASKED_OF] = {"type": "string", "enum": [kind], "description": str(KIND_OF_REFERRER.label)}
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": required,
    }
    return schema | ({"allOf": rules} if rules else {})


def _property(question: Question, answers: Answers, around: Around) -> Schema:
    description = str(say(question.label, answers))
    return {"description": description, **SHAPES[question.kind].schema(question, around)}


def _only_if(conditions: list[When], name: str, *, must: bool) -> Schema:
    """May be answered only where every condition on another answer holds, and must be there if it is required."""
    holds = {"allOf": [_met(condition) for condition in conditions]}
    absent: Schema = {"not": {"required": [name]}}
    return {"if": holds, "then": {"required": [name]}, "else": absent} if must else {"if": holds, "else": absent}


def _met(condition: When) -> Schema:
    given = {"properties": {condition.name: {"enum": sorted(condition.values)}}, "required": [condition.name]}
    return {"not": given} if condition.unless else given


class WrongAnswers(Exception):
    """The answers cannot be taken: `errors` name the question, where it stands in the body, and what is wrong."""

    def __init__(self, errors: Mapping[str, Text]) -> None:
        super().__init__(", ".join(errors))
        self.errors = [
            {
                "question": name[:LONGEST_NAME_REPEATED],
                "pointer": f"#/answers/{_escaped(name[:LONGEST_NAME_REPEATED])}",
                "detail": detail,
            }
            for name, detail in errors.items()
        ]


def read_answers(given: Mapping[str, Any], version: str, around: Around) -> dict[str, Any]:
    """The answers as the form stores them. Judged twice: by the schema's shapes, then by the form itself.

    Raises:
        WrongAnswers: with everything that is wrong or missing, in the order of the questions.
    """
    kind = given.get(ASKED_OF)
    if not isinstance(kind, str) or kind not in KINDS:
        missing = say(KIND_OF_REFERRER.missing, given)
        raise WrongAnswers({ASKED_OF: missing if kind is None else _("Choose one of the answers shown")})
    asked = {question.name: question for _page, questions in pages_for(version, kind) for question in questions}
    errors: dict[str, Text] = {
        name: _("There is no such question for this kind of referrer") for name in given if name not in asked
    }
    answers: dict[str, Any] = {}
    for name, question in asked.items():
        if name in given:
            try:
                answers[name] = SHAPES[question.kind].read(question, given[name], around)
            except NotThisShape as wrong:
                errors[name] = wrong.message
    found = every_error(answers, version)
    errors |= {name: detail for name, detail in found.items() if name not in errors}
    dropped = answers.keys() - clean(answers, version).keys()
    errors |= {name: _("This is not asked, given the other answers. Leave it out") for name in dropped}
    if errors:
        raise WrongAnswers(errors)
    return answers


def write_answers(answers: Answers, version: str) -> dict[str, Any]:
    """Stored answers as they would be sent."""
    questions = form_of(version).questions
    return {
        name: SHAPES[questions[name].kind].write(value)
        for name, value in answers.items()
        if name in questions and questions[name].kind in SHAPES
    }


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
