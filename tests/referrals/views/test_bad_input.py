"""Bad input over HTTP: the sentence stands beside the field, what was typed elsewhere stands there still, no fault."""

from html import unescape
from typing import Any

import pytest

from referrals.form import FORM_VERSION, form_of
from referrals.questions.shapes import FAMILY, PUBLIC, SELF, WORK, Kind
from tests.hostile import DAYS, HOSTILE, encoded
from tests.referrals.answering import full, shortest
from tests.referrals.views.conftest import Visitor

pytestmark = pytest.mark.django_db

FORM = form_of(FORM_VERSION)
FORM_BODY = "application/x-www-form-urlencoded"
EVERY_PAGE = [
    (kind, page)
    for kind in (WORK, FAMILY, PUBLIC, SELF)
    for page in FORM.path(shortest(kind, danger="yes"))
    if page.questions and page.slug != "danger"
]
# One of each sort: the definition is tried with all of them (tests/referrals/test_bad_input.py).
WORST = [
    HOSTILE[name] for name in ("100,000 characters", "half a character within", "NUL within", "right to left", "markup")
]
TYPED = {Kind.TEXT, Kind.LONG_TEXT, Kind.EMAIL, Kind.PHONE, Kind.POSTCODE, Kind.AGE}


def fields(answers: dict[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for name, value in answers.items():
        if isinstance(value, dict):
            sent |= {f"{name}-{part}": typed for part, typed in value.items()}
        else:
            sent[name] = value
    return sent


def post(visitor: Visitor, slug: str, sent: dict[str, Any]) -> Any:
    return visitor.post(visitor.url(slug), encoded(sent), content_type=FORM_BODY)


def check_nothing_is_lost(response: Any, page: Any, answers: dict[str, Any], bad: str) -> None:
    assert response.status_code == 200
    html = unescape(response.content.decode())
    for name in response.context["form"].errors:
        assert f'id="id_{name}-error"' in html, f"no sentence beside {name}"
    assert bad in response.context["form"].errors
    for question in page.questions:
        typed = answers.get(question.name)
        if question.kind in TYPED and question.name != bad and typed:
            assert typed in html, f"{question.name} was lost"


@pytest.mark.full
@pytest.mark.parametrize(("kind", "page"), EVERY_PAGE, ids=lambda each: getattr(each, "slug", each))
def test_every_question_of_every_page_takes_anything(visitor: Visitor, kind: str, page: Any) -> None:
    answers = full(kind)
    visitor.begin()
    post(visitor, "danger", {"danger": "yes"})
    if page.slug != "you":
        post(visitor, "you", fields({name: answers[name] for name in FORM.page("you").names if name in answers}))
    own = {name: answers[name] for name in page.names if name in answers}
    for question in page.questions:
        if question.name not in own or question.name == "referrer_kind":
            continue
        bad_values: list[Any] = list(HOSTILE.values())
        if question.kind is Kind.DATE:
            bad_values = [dict(zip(("day", "month", "year"), day, strict=True)) for day in DAYS.values()]
        if question.kind in {Kind.ANY_OF, Kind.ONE_OF, Kind.AUTHORITY}:
            bad_values = WORST[:2]
        for value in bad_values:
            response = post(visitor, page.slug, fields(own | {question.name: value}))
            if response.status_code == 302:
                assert visitor.see(page.slug).status_code == 200
                continue
            check_nothing_is_lost(response, page, own, question.name)


def test_a_thousand_fields_are_refused_with_a_page(visitor: Visitor) -> None:
    visitor.begin()
    response = post(visitor, "danger", {"danger": ["yes"] * 5_000})
    assert response.status_code == 400
    assert b"</html>" in response.content


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_addresses_and_what_follows_them_take_anything(visitor: Visitor, value: str) -> None:
    visitor.begin()
    query = encoded({"change": value, "missing": value, "lang": value, "x": value}).decode()
    if len(query) > 30_000:
        query = query[:30_000]
    for path in ("/", visitor.url("you"), visitor.url("check"), "/privacy/", "/northern-ireland/"):
        assert visitor.get(f"{path}?{query}").status_code in {200, 302}
    tail = encoded({"": value[:500]}).decode().removeprefix("=")
    for path in (f"/saved/{tail}/", f"/refer/{tail}/you/", f"/refer/{visitor.draft_id}/{tail}/", f"/{tail}"):
        assert visitor.get(path).status_code in {200, 302, 404}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_a_code_that_is_none_is_refused_beside_its_field(visitor: Visitor, value: str) -> None:
    response = visitor.post("/saved/nothing/", encoded({"code": value}), content_type=FORM_BODY)
    assert response.status_code == 200
    assert 'id="id_code-error"' in response.content.decode()
