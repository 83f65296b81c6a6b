"""The public form, page by page, as a browser sees it."""

import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from agencies.access import AccessMiddleware
from agencies.models import Agency
from audit.agents import Agent
from audit.refusals import NotNow
from referrals.form import FORM_VERSION, form_of
from referrals.models import Draft, Referral
from referrals.questions.shapes import FAMILY, PUBLIC, SELF, WORK, say
from tests.audit.acts import within
from tests.referrals.answering import SHORTEST, shortest
from tests.referrals.views.conftest import Visitor

pytestmark = pytest.mark.django_db

KINDS = (WORK, FAMILY, PUBLIC, SELF)
FORM = form_of(FORM_VERSION)
EVERY_PAGE = [(kind, page.slug) for kind in KINDS for page in FORM.path(shortest(kind, danger="yes"))]
MOST_QUERIES = 5

on_every_page = pytest.mark.parametrize(("kind", "slug"), EVERY_PAGE)


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def title_of(response: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", text_of(response), re.DOTALL)
    assert found
    return " ".join(found.group(1).split())


def test_starting_makes_a_draft_of_this_tab_s_own(visitor: Visitor) -> None:
    first, second = visitor.begin(), visitor.begin()
    assert first != second
    assert Draft.objects.count() == 2
    assert first.endswith("/danger/")


def test_looking_makes_none_and_leads_to_the_start_page(visitor: Visitor) -> None:
    assert visitor.get("/").status_code == 200
    assert visitor.get("/begin/").headers["Location"] == "/"
    assert visitor.head("/begin/").headers["Location"] == "/"
    assert not Draft.objects.exists()


def test_the_cookie_is_signed_out_of_reach_of_scripts_and_says_nothing(visitor: Visitor) -> None:
    visitor.begin()
    cookie = visitor.cookies["front-door"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    assert visitor.draft.browser not in cookie.value
    assert str(visitor.draft_id) not in cookie.value


def test_a_forged_cookie_opens_nothing(visitor: Visitor) -> None:
    visitor.begin()
    secret, _colon, signature = visitor.cookies["front-door"].value.partition(":")
    visitor.cookies["front-door"] = f"{secret[:-1]}_:{signature}"
    assert visitor.see("danger").status_code == 404


@on_every_page
def test_every_page_shows_its_questions_in_the_words_of_its_reader(visitor: Visitor, kind: str, slug: str) -> None:
    answers = shortest(kind, danger="yes")
    shown = text_of(visitor.has_answered(answers).see(slug))
    page = FORM.page(slug)
    assert str(say(page.title, answers)) in shown
    for question in page.questions:
        assert (str(say(question.label, answers)) in shown) is question.is_asked(answers)


@on_every_page
def test_every_page_keeps_what_was_answered_and_goes_on(visitor: Visitor, kind: str, slug: str) -> None:
    answers = shortest(kind, danger="yes")
    visitor.has_answered(answers)
    given = {name: value for name, value in answers.items() if name in FORM.page(slug).names}
    response = visitor.answer(slug, **given)
    assert response.status_code == 302
    assert visitor.draft.answers == answers
    path = [page.slug for page in FORM.path(answers)] + ["check"]
    assert response.headers["Location"] == visitor.url(path[path.index(slug) + 1])


@on_every_page
def test_every_page_with_something_required_says_what_is_missing(visitor: Visitor, kind: str, slug: str) -> None:
    answers = shortest(kind, danger="yes")
    visitor.has_answered(answers)
    response = visitor.answer(slug)
    page = FORM.page(slug)
    needed = any(question.is_required(answers) and question.is_asked(answers) for question in page.questions)
    if not (needed or page.rules):
        assert response.status_code == 302
        return
    assert response.status_code == 200
    assert title_of(response).startswith("Error: ")
    shown = text_of(response)
    assert "There is a problem" in shown
    links = re.findall(r"govuk-error-summary__list.*?</ul>", shown, re.DOTALL)[0]
    for target in re.findall(r'href="#([^"]+)"', links):
        assert f'id="{target}"' in shown
    assert visitor.draft.answers == answers, "what was there before stays"


@on_every_page
def test_every_page_takes_few_queries_and_always_the_same(
    visitor: Visitor, kind: str, slug: str, django_assert_max_num_queries: Any
) -> None:
    answers = shortest(kind, danger="yes")
    visitor.has_answered(answers)
    given = {name: value for name, value in answers.items() if name in FORM.page(slug).names}
    counts = []
    for _again in range(2):
        with django_assert_max_num_queries(MOST_QUERIES) as looked:
            visitor.see(slug)
        with django_assert_max_num_queries(MOST_QUERIES + 2) as kept:  # a savepoint in the test's own transaction
            visitor.answer(slug, **given)
        counts.append((len(looked), len(kept)))
    assert counts[0] == counts[1]


@on_every_page
def test_no_page_can_be_kept_by_the_browser(visitor: Visitor, kind: str, slug: str) -> None:
    response = visitor.has_answered(shortest(kind, danger="yes")).see(slug)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}


@on_every_page
def test_nothing_that_was_typed_stands_in_an_address_or_a_title(visitor: Visitor, kind: str, slug: str) -> None:
    typed = {"given_names": "Zenobia", "concern": "Quagmire", "referrer_name": "Peregrine"}
    visitor.has_answered(shortest(kind, danger="yes", **typed))
    response = visitor.see(slug)
    addresses = " ".join(re.findall(r'(?:href|action|src)="([^"]*)"', text_of(response)))
    for word in typed.values():
        assert word not in title_of(response)
        assert word not in addresses


def test_a_page_that_is_not_asked_leads_to_what_is_missing(visitor: Visitor) -> None:
    visitor.has_answered(shortest(PUBLIC, concern=None))
    assert visitor.see("your-work").headers["Location"] == visitor.url("concern")
    assert visitor.see("nonsense").headers["Location"] == visitor.url("concern")


def test_a_mistake_keeps_what_was_typed(visitor: Visitor) -> None:
    visitor.has_answered(shortest(WORK))
    shown = text_of(visitor.answer("person", given_names="Tomasz", approximate_age="about fifteen"))
    assert 'value="about fifteen"' in shown
    assert 'value="Tomasz"' in shown


def test_danger_is_answered_with_whom_to_call_before_anything_else(visitor: Visitor) -> None:
    visitor.begin()
    response = visitor.answer("danger", danger="yes")
    assert response.headers["Location"] == visitor.url("emergency")
    shown = text_of(visitor.see("emergency"))
    assert "999" in shown
    assert "0800 789 321" in shown
    assert "Nobody may be reading" in shown
    assert visitor.answer("emergency").headers["Location"] == visitor.url("you")


def test_answers_from_an_earlier_kind_of_referrer_are_dropped(visitor: Visitor) -> None:
    visitor.has_answered(shortest(WORK))
    visitor.answer("you", referrer_kind=PUBLIC)
    assert "referrer_role" not in visitor.draft.answers


def test_what_one_has_said_of_oneself_need_not_be_typed_twice(visitor: Visitor) -> None:
    visitor.has_answered(shortest(SELF, given_names=None, referrer_name="Ana Costa"))
    shown = text_of(visitor.see("who-and-where"))
    assert 'value="Ana"' in shown
    assert 'value="Costa"' in shown


def test_names_come_back_exactly_as_typed(visitor: Visitor) -> None:
    visitor.has_answered(shortest(WORK))
    visitor.answer("person", given_names=" محمد ", family_name="O’Brien-D'Arcy <b>", adult_or_child="child")
    assert visitor.draft.answers["given_names"] == " محمد "
    shown = visitor.see("check").content.decode()
    assert "O’Brien-D&#x27;Arcy &lt;b&gt;" in shown


def test_a_postcode_of_no_council_asks_for_the_council(visitor: Visitor) -> None:
    visitor.has_answered(shortest(WORK))
    shown = text_of(visitor.answer("place", postcode="JE2 3AB"))
    assert "which council this postcode is in" in shown
    assert visitor.answer("place", postcode="JE2 3AB", authority="unknown").status_code == 302


def test_the_council_can_be_picked_from_all_that_exist(visitor: Visitor) -> None:
    visitor.has_answered(shortest(WORK))
    assert '<option value="E08000038">Barnsley</option>' in text_of(visitor.see("place"))
    visitor.answer("place", authority="E08000038")
    assert "Barnsley" in text_of(visitor.see("check"))


def test_northern_ireland_is_shown_whom_to_call_and_a_way_back(visitor: Visitor) -> None:
    visitor.has_answered(shortest(WORK))
    response = visitor.answer("place", postcode="BT1 5GS")
    assert response.headers["Location"] == visitor.url("northern-ireland")
    shown = text_of(visitor.get(response.headers["Location"]))
    assert "101" in shown
    assert visitor.url("place") in shown
    assert visitor.post(visitor.url("check")).headers["Location"] == visitor.url("northern-ireland")
    assert not Referral.objects.exists()


def test_checking_shows_every_answer_with_a_way_to_change_it(visitor: Visitor) -> None:
    answers = shortest(WORK)
    shown = text_of(visitor.has_answered(answers).see("check"))
    for page, question in FORM.asked(answers):
        if question.name in answers:
            assert f'href="{visitor.url(page.slug)}?change=1#id_{question.name}"' in shown


def test_a_change_leads_back_to_checking(visitor: Visitor) -> None:
    visitor.has_answered(shortest(WORK))
    changed = visitor.post(
        visitor.url("concern") + "?change=1", {"concern": "more", "how_known": ["seen"], "when_noticed": "today"}
    )
    assert changed.headers["Location"] == visitor.url("check")


def test_a_change_that_opens_new_questions_leads_to_them_first(visitor: Visitor) -> None:
    visitor.has_answered(shortest(PUBLIC))
    changed = visitor.post(
        visitor.url("you") + "?change=1",
        {"referrer_kind": WORK, "referrer_name": "Ffion", "referrer_email": "f@hollybrook.example"},
    )
    assert changed.headers["Location"] == visitor.url("your-work") + "?change=1"


def test_danger_found_while_checking_still_shows_whom_to_call(visitor: Visitor) -> None:
    visitor.has_answered(shortest(PUBLIC))
    changed = visitor.post(visitor.url("danger") + "?change=1", {"danger": "yes"})
    assert changed.headers["Location"] == visitor.url("emergency") + "?change=1"
    assert visitor.post(changed.headers["Location"]).headers["Location"] == visitor.url("check")


def test_checking_too_early_leads_to_what_is_missing(visitor: Visitor) -> None:
    visitor.has_answered(shortest(PUBLIC, told=None))
    for response in (visitor.see("check"), visitor.answer("check")):
        assert response.headers["Location"] == visitor.url("what-has-been-done") + "?change=1&missing=1"
        assert "Say who you have told" in text_of(visitor.get(response.headers["Location"]))
    assert not Referral.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_sending_shows_a_reference_and_a_code_that_stay(visitor: Visitor, kind: str) -> None:
    visitor.has_answered(SHORTEST[kind])
    assert visitor.answer("check").headers["Location"] == visitor.url("sent")
    outcome = visitor.draft.outcome
    for _reload in range(2):
        shown = text_of(visitor.see("sent"))
        assert outcome["reference"] in shown
        assert outcome["code"] in shown
    assert visitor.draft.answers == {}


def test_pressing_send_twice_and_going_back_make_one_referral(visitor: Visitor) -> None:
    visitor.has_answered(SHORTEST[PUBLIC])
    visitor.answer("check")
    for response in (
        visitor.answer("check"),
        visitor.see("check"),
        visitor.see("danger"),
        visitor.answer("danger", danger="yes"),
    ):
        assert response.headers["Location"] == visitor.url("sent")
    assert Referral.objects.count() == 1


def test_a_house_without_desks_to_fall_back_on_admits_its_fault(visitor: Visitor) -> None:
    visitor.has_answered(shortest(PUBLIC))
    visitor.raise_request_exception = False
    desk = Agency.objects.get(code="national-police-desk")
    within(do=desk.delete, by=Agent.OPERATOR, now=timezone.now())
    response = visitor.post(visitor.url("check"))
    assert response.status_code == 500
    assert "no referral has been sent" in text_of(response)
    assert not Referral.objects.exists()


def test_what_cannot_be_done_now_is_said_as_the_form_speaks(rf: RequestFactory) -> None:
    response = AccessMiddleware(lambda request: HttpResponse()).process_exception(rf.get("/"), NotNow("It was sent."))
    assert response is not None
    assert response.status_code == 409
    assert "It was sent." in text_of(response)
    assert "casework" not in text_of(response).casefold()


def test_no_reference_is_shown_before_sending(visitor: Visitor) -> None:
    visitor.has_answered(SHORTEST[PUBLIC])
    assert visitor.see("sent").headers["Location"] == visitor.url("check")


@pytest.mark.parametrize("page", ["danger", "check", "sent", "save", "northern-ireland"])
def test_another_browser_gets_the_page_of_an_absent_draft(visitor: Visitor, another: Visitor, page: str) -> None:
    visitor.has_answered(shortest(WORK))
    another.begin()
    for browser in (another, Client()):
        theirs = browser.get(visitor.url(page))
        absent = browser.get(f"/refer/{uuid4()}/{page}/")
        assert theirs.status_code == absent.status_code == 404
        assert text_of(theirs) == text_of(absent)
        assert "This form is not open here" in text_of(theirs)
    assert another.post(visitor.url("danger"), {"danger": "yes"}).status_code == 404
    assert visitor.draft.answers["danger"] == "no"


def test_leaving_forgets_everything_and_goes_somewhere_neutral(visitor: Visitor) -> None:
    visitor.has_answered(shortest(PUBLIC))
    response = visitor.get("/leave/")
    assert response.headers["Location"] == settings.EXIT_PAGE_URL
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert visitor.cookies["front-door"].value == ""
    assert not Draft.objects.exists()
    assert visitor.see("danger").status_code == 404


@pytest.mark.parametrize("elsewhere", ["cross-site", "same-site"])
def test_a_link_on_somebody_else_s_page_costs_the_writer_nothing(visitor: Visitor, elsewhere: str) -> None:
    visitor.has_answered(shortest(PUBLIC))
    response = visitor.get("/leave/", headers={"Sec-Fetch-Site": elsewhere})
    assert response.headers["Location"] == settings.EXIT_PAGE_URL
    assert "Clear-Site-Data" not in response.headers
    assert visitor.see("concern").status_code == 200


def test_leaving_without_having_begun_works_too(db: None) -> None:
    assert Client().get("/leave/").headers["Location"] == settings.EXIT_PAGE_URL


@pytest.mark.parametrize(
    "url",
    ["/", "/privacy/", "/cookies/", "/accessibility/", "/if-you-were-referred/", "/northern-ireland/", "/ended/"],
)
def test_pages_that_explain_need_no_database(url: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        response = Client().get(url)
    assert response.status_code == 200
    assert len(re.findall("<h1", text_of(response))) == 1


def test_the_start_page_says_what_happens_and_who_sees_it(db: None) -> None:
    shown = text_of(Client().get("/"))
    for promised in (
        "What Prevent is",
        "What happens to a referral",
        "Who sees it",
        "What you will hear",
        "Do not use this form",
        "Your privacy",
    ):
        assert promised in shown


def test_nothing_that_was_typed_reaches_the_log(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    words = {"given_names": "Zenobia", "concern": "Quagmire", "referrer_name": "Peregrine", "postcode": "S70 1GW"}
    visitor.has_answered(shortest(WORK, **words))
    caplog.clear()
    for page in FORM.path(visitor.draft.answers):
        visitor.answer(page.slug, **visitor.draft.answers)
        visitor.answer(page.slug, **words)
    visitor.answer("check")
    visitor.see("sent")
    assert caplog.records
    assert not [word for word in [*words.values(), str(visitor.draft_id)] if word in caplog.text]


@pytest.mark.urls("config.urls.public")
def test_the_front_door_stands_without_casework(visitor: Visitor) -> None:
    visitor.has_answered(SHORTEST[WORK])
    for page in ("concern", "check", "save"):
        assert visitor.see(page).status_code == 200
    visitor.answer("check")
    assert visitor.see("sent").status_code == 200
    assert visitor.get("/casework/enter/").status_code == 404
