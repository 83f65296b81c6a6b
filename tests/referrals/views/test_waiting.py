"""Who is asked to wait loses nothing and is not refused; who is in danger is not asked."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page

from agencies import limiting, limits
from agencies.limits import Doing, Key, Limit
from agencies.models import Agency
from documents.kinds import MOST
from documents.models import Upload
from referrals.models import Draft, Referral
from referrals.questions.shapes import WORK
from referrals.reference import new_reference
from tests.components.axe import faults
from tests.making import officer_of
from tests.referrals.answering import SHORTEST
from tests.referrals.views.conftest import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_record")]


@pytest.fixture
def narrow(monkeypatch):
    """Everything may be done once a minute by one browser; what other tests count too is left out."""
    shared = {Key.ADDRESS, Key.EMAIL_DOMAIN}
    once = {doing: dict.fromkeys(by, Limit(1, 60)) for doing, by in limits.LIMITS.items()}
    own = {doing: {key: limit for key, limit in by.items() if key not in shared} for doing, by in once.items()}
    own[Doing.BEGIN] = {Key.BROWSER: Limit(2, 60)}
    monkeypatch.setattr(limiting, "LIMITS", own)
    monkeypatch.setattr(limiting._Counter, "away_until", 0.0)


def text_of(response):
    return unescape(response.content.decode())


def test_a_page_that_is_saved_too_often_comes_back_with_what_was_typed(visitor: Visitor, narrow):
    visitor.has_answered(SHORTEST[WORK])
    assert visitor.answer("your-work", referrer_role="Tutor", referrer_organisation="Hollybrook").status_code == 302
    answer = visitor.answer("your-work", referrer_role="Head of year", referrer_organisation="Hollybrook")
    assert answer.status_code == 429 and 0 < int(answer["Retry-After"]) <= 61
    assert "Please wait a moment" in text_of(answer) and 'value="Head of year"' in text_of(answer)
    assert visitor.draft.answers["referrer_role"] == "Tutor"


def test_sending_too_often_keeps_the_answers_and_sends_after_the_wait(visitor: Visitor, narrow, monkeypatch):
    for _draft in range(2):
        visitor.has_answered(SHORTEST[WORK])
        answer = visitor.answer("check")
    assert answer.status_code == 429 and "Nothing is lost" in text_of(answer) and "Send" in text_of(answer)
    assert Referral.objects.count() == 1 and not visitor.draft.is_sent
    monkeypatch.setattr(limiting, "LIMITS", limits.LIMITS)
    assert visitor.answer("check").status_code == 302 and Referral.objects.count() == 2


def test_immediate_danger_is_never_asked_to_wait(visitor: Visitor, narrow):
    for _draft in range(2):
        visitor.has_answered({**SHORTEST[WORK], "danger": "yes"})
        assert visitor.answer("check").status_code == 302
    assert Referral.objects.count() == 2


def test_beginning_too_often_shows_the_button_again(client: Client, narrow):
    for _time in range(2):
        assert client.post("/begin/").status_code == 302
    answer = client.post("/begin/")
    assert answer.status_code == 429 and "Start now" in text_of(answer)
    assert Draft.objects.count() == 2


def test_guessing_codes_is_slowed_down(client: Client, narrow):
    first, second = (client.post("/saved/some-link/", {"code": "2345-6789-ABCD"}) for _try in range(2))
    assert (first.status_code, second.status_code) == (200, 429)
    assert "2345-6789-ABCD" in text_of(second)


def test_saving_for_later_again_and_again_is_slowed_down(visitor: Visitor, narrow):
    visitor.has_answered(SHORTEST[WORK])
    first, second = (visitor.answer("save", save="1") for _try in range(2))
    assert (first.status_code, second.status_code) == (200, 429)


def upload(visitor: Visitor, **more):
    return visitor.post(
        visitor.url("anything-else"),
        {"documents": [SimpleUploadedFile("notes.txt", b"Honest.")], "upload": "1", **more},
    )


def test_uploading_again_and_again_is_slowed_down_with_and_without_the_script(visitor: Visitor, narrow, monkeypatch):
    visitor.has_answered(SHORTEST[WORK])
    assert upload(visitor).status_code == 302
    for answer in (upload(visitor, languages="Polish"), upload(visitor, fragment="1")):
        assert re.search(r"Wait \d+ seconds?\. Then press the button again\.", text_of(answer))
        assert "notes.txt" in text_of(answer), "what is there already stays"
    assert Upload.objects.count() == 1
    assert "Polish" in text_of(upload(visitor, languages="Polish")), "nothing that was typed is lost"
    monkeypatch.setattr(limiting, "LIMITS", limits.LIMITS)
    assert upload(visitor).status_code == 302 and Upload.objects.count() == 2


def test_whoever_takes_ten_files_away_and_chooses_them_again_never_waits():
    limit = limits.LIMITS[Doing.UPLOAD][Key.DRAFT]
    assert limit.at_once >= 5 * MOST


def test_files_in_immediate_danger_never_wait(visitor: Visitor, narrow):
    visitor.has_answered({**SHORTEST[WORK], "danger": "yes"})
    assert {upload(visitor).status_code for _time in range(3)} == {302} and Upload.objects.count() == 3


def test_an_officer_who_enters_a_referral_never_waits(client: Client, narrow):
    client.force_login(officer_of(Agency.objects.get(code="E08000038")))
    for _draft in range(3):
        url = client.post("/casework/enter/", {"entry": "telephone"}).headers["Location"]
        assert {client.post(url, {"danger": "no"}).status_code for _time in range(3)} == {302}


@pytest.mark.browser
def test_the_pages_that_ask_to_wait_have_nothing_the_matter(visitor: Visitor, page: Page, narrow):
    visitor.has_answered(SHORTEST[WORK])
    visitor.answer("your-work", referrer_role="Tutor", referrer_organisation="Hollybrook")
    again = visitor.answer("your-work", referrer_role="Tutor", referrer_organisation="Hollybrook")
    visitor.answer("check")
    visitor.has_answered(SHORTEST[WORK])
    upload(visitor)
    pages = {"question": again, "check": visitor.answer("check"), "begin": visitor.post("/begin/")}
    given = {"reference": new_reference(), "code": "2222-2222-2222", "kind": "withdrawn", "reason": "I was wrong."}
    pages["withdraw"] = [visitor.post("/withdraw/", given) for _time in range(2)][-1]
    assert {answer.status_code for answer in pages.values()} == {429}
    pages["upload"] = upload(visitor)
    assert [fault for name, answer in pages.items() for fault in faults(page, answer, f"wait-{name}")] == []


@pytest.mark.parametrize("path", ["/your-referral/", "/your-referral/new-link/", "/your-referral/link/token/"])
def test_who_tries_to_open_a_referrers_page_too_often_is_asked_to_wait(path, narrow):
    given = {"reference": new_reference(), "code": "2345-6789-ABCD", "email": "wilf@hollybrook.example"}
    first, second = (Client().post(path, given) for _try in range(2))
    assert first.status_code != 429 and second.status_code == 429
    assert "Please wait a moment" in text_of(second)
