"""Welsh through the whole journey: kept with the draft, recorded on the referral, honoured in later contact."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agencies.delivery import message_for
from agencies.models import Agency, Notice, NoticeKind
from audit.tasks import sweep_events
from config.catalogue.sources import is_english_only
from config.environment import CLONE
from referrals.models import Referral
from referrals.questions.shapes import SELF, WORK
from tests.making import dispatch_to_authority, officer_of
from tests.referrals.answering import SHORTEST, full, shortest
from tests.referrals.views.conftest import Visitor
from tests.referrals.views.test_everything_in_welsh import ENGLISH

pytestmark = pytest.mark.django_db
TYPED: dict[str, Any] = {"concern": "Mae’n sôn am ymosodiad.", "when_noticed": "today", "how_known": ["seen", "online"]}


def page(response) -> str:
    return unescape(response.content.decode())


def in_welsh(visitor: Visitor) -> Visitor:
    visitor.get("/?lang=cy")
    return visitor


def test_a_form_begun_in_welsh_is_in_welsh_to_the_end(visitor: Visitor) -> None:
    in_welsh(visitor).has_answered(SHORTEST[WORK])
    assert visitor.draft.language == "cy"
    assert "Gwiriwch eich atebion" in page(visitor.see("check"))
    visitor.answer("check")
    sweep_events()
    assert Referral.objects.get().language == "cy"
    assert "Atgyfeiriad wedi’i anfon" in page(visitor.see("sent"))
    notice = Notice.objects.get(kind=NoticeKind.CONFIRMATION)
    assert notice.language == "cy"
    message = message_for(notice)
    assert message.subject.startswith("Rydym wedi cael yr hyn a anfonoch: ")
    assert message.extra_headers["Content-Language"] == "cy"


def test_whoever_changes_to_welsh_on_the_way_is_written_to_in_welsh(visitor: Visitor) -> None:
    visitor.has_answered(shortest(WORK, told=None))
    assert visitor.draft.language == "en"
    in_welsh(visitor).answer("what-has-been-done", told=["nobody"])
    assert visitor.draft.language == "cy"


def test_whoever_changes_while_checking_is_written_to_in_what_they_read_then(visitor: Visitor) -> None:
    in_welsh(visitor).has_answered(SHORTEST[WORK])
    visitor.get("/?lang=en")
    visitor.answer("check")
    sweep_events()
    assert Referral.objects.get().language == "en"
    assert Notice.objects.get(kind=NoticeKind.CONFIRMATION).language == "en"


def test_changing_the_language_loses_nothing_that_was_typed_and_keeps_none_of_it(visitor: Visitor) -> None:
    visitor.has_answered(shortest(WORK, concern=None, how_known=None, when_noticed=None))
    kept = visitor.draft.answers
    shown = page(visitor.see("concern"))
    assert '<button type="submit" form="question" formaction="?lang=cy" formnovalidate' in shown
    assert 'id="question"' in shown
    switched = visitor.post(visitor.url("concern") + "?lang=cy", TYPED)
    welsh = page(switched)
    assert switched.status_code == 200
    assert '<html lang="cy"' in welsh
    assert TYPED["concern"] in welsh
    assert [f'value="{value}" checked' in welsh for value in ("seen", "online", "today")] == [True] * 3
    assert "Gwall" not in welsh
    assert visitor.draft.answers == kept
    assert '<html lang="cy"' in page(visitor.see("concern")), "the choice is kept"


def test_a_page_that_is_half_filled_in_is_not_judged_for_changing_the_language(visitor: Visitor) -> None:
    visitor.has_answered(shortest(WORK, date_of_birth=None))
    welsh = page(visitor.post(visitor.url("person") + "?lang=cy", {"date_of_birth-day": "40", "given_names": "Idris"}))
    assert 'value="40"' in welsh
    assert 'value="Idris"' in welsh
    assert "govuk-error-message" not in welsh


def test_whoever_was_changing_an_answer_still_is_after_changing_the_language(visitor: Visitor) -> None:
    visitor.has_answered(SHORTEST[WORK])
    assert 'formaction="?change=1&lang=cy"' in page(visitor.see("concern", change="1"))
    assert 'action="?change=1' in page(visitor.post(visitor.url("concern") + "?change=1&lang=cy", TYPED))


def saved_in_welsh(visitor: Visitor) -> tuple[str, str, str]:
    in_welsh(visitor).has_answered(shortest(WORK, told=None))
    shown = page(visitor.post(visitor.url("save"), {"save": "1", "e_mail": "true"}))
    link = re.search(r"/saved/[^<\s]+", shown)
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", shown)
    assert link and code
    return link.group(), code.group(), shown


def test_a_form_saved_in_welsh_opens_in_welsh_elsewhere(visitor: Visitor, another: Visitor) -> None:
    link, code, _shown = saved_in_welsh(visitor)
    notice = Notice.objects.get(kind=NoticeKind.SAVED_DRAFT)
    message = message_for(notice)
    assert message.subject == "Y ffurflen a gadwyd gennych"
    assert link in str(message.body)
    assert link.endswith("/?lang=cy")
    opened = another.get(link)
    assert opened.headers["Location"] == link.removesuffix("?lang=cy")
    assert '<html lang="cy"' in page(another.get(opened.headers["Location"]))
    form = another.post(opened.headers["Location"], {"code": code})
    assert '<html lang="cy"' in page(another.get(form.headers["Location"]))


def test_a_saved_form_comes_in_its_language_where_nobody_chose_one(visitor: Visitor, another: Visitor) -> None:
    link, code, _shown = saved_in_welsh(visitor)
    form = another.post(link.removesuffix("?lang=cy"), {"code": code})
    assert '<html lang="cy"' in page(another.get(form.headers["Location"]))


def test_a_saved_form_comes_in_english_for_whoever_chose_english(visitor: Visitor, another: Visitor) -> None:
    link, code, _shown = saved_in_welsh(visitor)
    another.get("/?lang=en")
    form = another.post(link.removesuffix("?lang=cy"), {"code": code})
    assert '<html lang="en"' in page(another.get(form.headers["Location"]))


def test_link_and_code_are_shown_again_in_the_other_language_and_still_open_the_form(
    visitor: Visitor, another: Visitor
) -> None:
    link, code, shown = saved_in_welsh(visitor)
    again = re.search(r'name="again" value="([^"]+)"', shown)
    assert again
    english = page(visitor.post(visitor.url("save") + "?lang=en", {"again": again.group(1)}))
    assert "Your form is saved" in english
    assert link in english
    assert code in english
    assert Notice.objects.filter(kind=NoticeKind.SAVED_DRAFT).count() == 1
    assert another.post(link, {"code": code}).status_code == 302


@pytest.mark.parametrize("again", ["", "made up", "x:y:z"])
def test_what_we_have_not_signed_is_not_shown_as_link_and_code(visitor: Visitor, again: str) -> None:
    saved_in_welsh(visitor)
    english = page(visitor.post(visitor.url("save") + "?lang=en", {"again": again}))
    assert "made up" not in english


def test_leaving_forgets_the_language(visitor: Visitor) -> None:
    left = in_welsh(visitor).get("/leave/")
    assert left.cookies["language"].value == ""
    assert left.cookies["language"]["max-age"] == 0


def test_officers_read_in_english_what_was_answered_in_welsh(visitor: Visitor) -> None:
    in_welsh(visitor).has_answered(full(WORK) | {"concern": "Mae’n sôn am ymosodiad.", "authority": "W06000015"})
    visitor.answer("check")
    referral = Referral.objects.get()
    desk = Client(headers={"Accept-Language": "cy"})
    desk.force_login(officer_of(dispatch_to_authority(referral).agency))
    shown = page(desk.get(f"/casework/referrals/{referral.pk}/"))
    assert "contact the referrer in Welsh" in shown
    assert re.search(r'lang="cy">\s*Mae’n sôn am ymosodiad\.', shown)
    assert "I saw or heard it myself" in shown
    assert "Cardiff" in shown
    assert "27 March 2010" in shown
    assert "Gwelais" not in shown


def test_a_referrer_reads_dates_and_councils_in_welsh(visitor: Visitor) -> None:
    in_welsh(visitor).has_answered(full(WORK) | {"authority": "W06000015"})
    check = page(visitor.see("check"))
    assert "27 Mawrth 2010" in check
    assert "Caerdydd" in check


def test_councils_stand_in_the_order_of_the_welsh_alphabet(visitor: Visitor) -> None:
    visitor.has_answered(SHORTEST[SELF])
    english = re.findall(r'<option value="[ESW]\d{8}"[^>]*>([^<]+)', page(visitor.see("who-and-where")))
    welsh = re.findall(r'<option value="[ESW]\d{8}"[^>]*>([^<]+)', page(in_welsh(visitor).see("who-and-where")))
    assert len(english) == len(welsh) > 200
    assert {"Caerdydd", "Ynys Môn", "Leeds"} <= set(welsh)
    assert {"Cardiff", "Isle of Anglesey"}.isdisjoint(welsh)
    assert english.index("Cheshire East") < english.index("Cumberland")
    assert welsh.index("Cumberland") < welsh.index("Cheshire East")
    assert welsh.index("Ynys Môn") > welsh.index("Wrecsam")


@pytest.mark.usefixtures("on_record")
def test_staff_enter_in_english_whatever_their_browser_prefers() -> None:
    desk = Client(headers={"Accept-Language": "cy"})
    desk.force_login(officer_of(Agency.objects.get(code="ctp-north-east")))
    question = desk.post("/casework/enter/", {"entry": "telephone"}).headers["Location"]
    shown = page(desk.get(question))
    assert '<html lang="en"' in shown
    assert "Cymraeg" not in shown


@pytest.mark.parametrize("kind", NoticeKind)
def test_mail_to_the_public_is_all_welsh_and_mail_to_agencies_is_english(kind: NoticeKind) -> None:
    template = (CLONE / "templates" / "emails" / f"{kind}.txt").relative_to(CLONE)
    message = message_for(Notice(kind=kind, address="x@y.example", language="cy", details={}))
    english = ENGLISH.search(f"{message.subject} {message.body}")
    assert bool(english) is is_english_only(template)


def test_the_copy_on_paper_is_in_the_language_that_is_read(visitor: Visitor) -> None:
    in_welsh(visitor).has_answered(SHORTEST[WORK])
    visitor.answer("check")
    copy = visitor.see("copy")
    content = b"".join(copy) if copy.streaming else copy.content
    assert b"/Lang(cy-GB)" in content
    copy.close()


def test_a_file_that_cannot_be_taken_is_told_of_in_the_language_that_was_changed_to(visitor: Visitor) -> None:
    visitor.has_answered(SHORTEST[WORK])
    wrong = SimpleUploadedFile("x.exe", b"MZ\x90\x00")
    answer = visitor.post(visitor.url("anything-else") + "?lang=cy", {"anything_else": "Geiriau", "documents": [wrong]})
    welsh = page(answer)
    assert answer.status_code == 200
    assert "ni ellir derbyn y math hwn o ffeil" in welsh
    assert "Gwall: " in welsh
