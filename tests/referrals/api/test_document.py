"""The OpenAPI document is exact: generated from the questions, and the same as what is enforced."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from referrals.api.answers import KINDS, pages_for, schema_of
from referrals.api.days import until
from referrals.api.document import around
from referrals.api.shapes import SHAPES, Around
from referrals.form import VERSIONS, form_of
from referrals.questions.shapes import Choice, Group, Kind, Page, Question, Whose, unless, when
from referrals.questions.versions import Form

# What a system cannot give: how the referral came (it came by API), and kinds of answers that are no JSON.
NOT_GIVEN = {"entry"}


@pytest.mark.django_db
def test_the_document_needs_no_key_and_says_so(client):
    answer = client.get("/api/v1/openapi.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    document = answer.json()
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert operation["security"] == [{"ByKey": []}], path
            assert {"401", "403", "404", "405", "422", "429", "500", "503"} <= set(operation["responses"])
    assert document["components"]["securitySchemes"]["ByKey"]["scheme"] == "bearer"


@pytest.mark.parametrize("version", VERSIONS)
def test_every_question_of_every_version_can_be_answered_by_somebody(version):
    asked = {question.name for kind in KINDS for _page, each in pages_for(version, kind) for question in each}
    missing = set(form_of(version).questions) - asked - NOT_GIVEN
    assert {form_of(version).questions[name].kind for name in missing} & set(SHAPES) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_a_kind_asks_what_the_form_asks(kind):
    schema = schema_of("2026-11", kind, around())
    assert schema["properties"]["referrer_kind"]["enum"] == [kind]
    assert ("referrer_role" in schema["required"]) is (kind == "work")
    assert ("how_known" in schema["properties"]) is (kind != "self")
    assert schema["additionalProperties"] is False


def test_a_question_asked_because_of_another_answer_says_so(monkeypatch):
    yes_no = (Choice("yes", "Yes"), Choice("no", "No"))
    page = Page(
        slug="more",
        title="More",
        section="More",
        groups=(
            Group(
                (
                    Question("first", Kind.ONE_OF, "First", Whose.NOBODY, choices=yes_no),
                    Question("then", Kind.TEXT, "Then", Whose.NOBODY, asked_if=when("first", "yes"), required=True),
                    Question("other", Kind.TEXT, "Other", Whose.NOBODY, asked_if=unless("first", "yes")),
                )
            ),
        ),
    )
    monkeypatch.setitem(VERSIONS, "2999-01", Form("2999-01", (page,)))
    schema = schema_of("2999-01", "work", around_nothing())
    met: dict[str, Any] = {"properties": {"first": {"enum": ["yes"]}}, "required": ["first"]}
    assert schema["allOf"] == [
        {"if": {"allOf": [met]}, "then": {"required": ["then"]}, "else": {"not": {"required": ["then"]}}},
        {"if": {"allOf": [{"not": met}]}, "else": {"not": {"required": ["other"]}}},
    ]
    assert "then" not in schema["required"]


def around_nothing():
    return Around((), date(2026, 11, 22))


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2028, 2, 29), date(2029, 12, 31), date(2030, 1, 1)])
def test_the_pattern_of_days_fits_every_real_day_until_today_and_no_other(today):
    pattern = re.compile(until(today))
    day, first = today + timedelta(days=40), date(1899, 12, 1)
    while day > first:
        assert bool(pattern.search(day.isoformat())) is (date(1900, 1, 1) <= day <= today), day
        day -= timedelta(days=1)
    for wrong in ("2011-02-29", "1900-02-29", "2010-13-01", "2010-00-10", "2010-04-31", "2010-1-1", "x2010-01-01"):
        assert not pattern.search(wrong), wrong
