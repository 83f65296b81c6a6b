"""Saving for seven days, and opening again by link and code."""

import re
from html import unescape

import pytest
from django.core.signing import dumps

from referrals.models import Draft
from referrals.questions.shapes import PUBLIC, WORK
from tests.referrals.answering import SHORTEST, shortest
from tests.referrals.views.conftest import Visitor

pytestmark = pytest.mark.django_db


def saved_by(visitor: Visitor) -> tuple[str, str]:
    """Address and code from the page that shows them."""
    shown = unescape(visitor.post(visitor.url("save"), {"save": "1"}).content.decode())
    link = re.search(r"(/saved/[^<\s]+)", shown)
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", shown)
    assert link
    assert code
    return link.group(1), code.group()


def test_people_at_work_are_offered_to_save_and_others_are_not(visitor: Visitor, another: Visitor) -> None:
    visitor.has_answered(SHORTEST[WORK])
    another.has_answered(SHORTEST[PUBLIC])
    assert visitor.url("save") in visitor.see("concern").content.decode()
    assert another.url("save") not in another.see("concern").content.decode()
    assert another.see("save").headers["Location"] == another.url("check")


def test_a_safeguarding_lead_opens_what_a_teacher_saved(visitor: Visitor, another: Visitor) -> None:
    visitor.has_answered(shortest(WORK, told=None))
    link, code = saved_by(visitor)
    opened = another.post(link, {"code": code})
    assert opened.headers["Location"] == visitor.url("what-has-been-done")
    assert another.get(opened.headers["Location"]).status_code == 200
    assert visitor.see("concern").status_code == 404, "it is open in one browser only"


def test_leaving_keeps_what_is_saved(visitor: Visitor, another: Visitor) -> None:
    link, code = saved_by(visitor.has_answered(SHORTEST[WORK]))
    visitor.get("/leave/")
    assert another.post(link, {"code": code}).status_code == 302


def test_leaving_deletes_what_was_opened_unless_it_is_saved_again(visitor: Visitor, another: Visitor) -> None:
    link, code = saved_by(visitor.has_answered(SHORTEST[WORK]))
    another.post(link, {"code": code})
    another.draft_id = visitor.draft_id
    link, code = saved_by(another)
    another.get("/leave/")
    assert visitor.post(link, {"code": code}).status_code == 302, "it was saved again"
    visitor.get("/leave/")
    assert not Draft.objects.exists()


def test_every_page_of_saving_says_what_leaving_deletes(visitor: Visitor) -> None:
    visitor.has_answered(SHORTEST[WORK])
    pages = [visitor.see("save"), visitor.post(visitor.url("save"), {"save": "1"}), visitor.get("/saved/token/")]
    for page in pages:
        assert "“Exit this page” deletes" in page.content.decode()
        assert "again" in page.content.decode()


def test_whoever_only_follows_the_link_uses_nothing_up(visitor: Visitor, another: Visitor) -> None:
    link, code = saved_by(visitor.has_answered(SHORTEST[WORK]))
    for _scanner in range(3):
        assert another.get(link).status_code == 200
        assert another.head(link).status_code == 200
    assert another.post(link, {"code": code}).status_code == 302


def test_a_dead_link_and_a_wrong_code_look_the_same(visitor: Visitor, another: Visitor) -> None:
    link, _code = saved_by(visitor.has_answered(SHORTEST[WORK]))
    wrong = another.post(link, {"code": "2222-2222-2222"})
    dead = another.post("/saved/" + dumps("nothing").replace(":", "-") + "/", {"code": "2222-2222-2222"})
    assert wrong.status_code == dead.status_code == 200
    body = re.compile(r'value="[^"]{60,}"')  # the token against forgery differs on every page
    assert body.sub("", wrong.content.decode()) == body.sub("", dead.content.decode())
    assert "Error: " in wrong.content.decode()


def test_a_code_is_asked_for(visitor: Visitor, another: Visitor) -> None:
    link, _code = saved_by(visitor.has_answered(SHORTEST[WORK]))
    assert "Enter the code" in another.post(link, {"code": ""}).content.decode()


def test_the_e_mail_is_offered_to_those_who_gave_an_address(visitor: Visitor, another: Visitor) -> None:
    visitor.has_answered(SHORTEST[WORK])
    another.has_answered(shortest(WORK, referrer_email=None, referrer_phone="01632 960 001"))
    assert 'name="e_mail"' in visitor.see("save").content.decode()
    assert 'name="e_mail"' not in another.see("save").content.decode()
