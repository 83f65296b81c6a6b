"""Staff entry: the same questions, the same dispatch, marked as entered on behalf."""

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from referrals.models import Draft, Referral
from tests.making import dispatch_to_authority, officer_of
from tests.referrals.answering import SHORTEST
from tests.referrals.views.conftest import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(visitor: Visitor) -> User:
    return officer_of(Agency.objects.get(code="ctp-north-east"))


@pytest.fixture
def desk(officer: User) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def begun(desk: Client, entry: str) -> Draft:
    response = desk.post("/casework/enter/", {"entry": entry})
    assert response.status_code == 302
    draft: Draft = Draft.objects.get(pk=response.headers["Location"].split("/")[3])
    return draft


def fill(desk: Client, draft: Draft) -> None:
    answers = SHORTEST["work"]
    for slug in ("danger", "you", "your-work", "concern", "person", "place", "what-has-been-done"):
        response = desk.post(f"/casework/enter/{draft.pk}/{slug}/", answers)
        assert response.status_code == 302, slug


def sent(desk: Client, draft: Draft) -> str:
    fill(desk, draft)
    return desk.post(f"/casework/enter/{draft.pk}/check/", follow=True).content.decode()


@pytest.mark.parametrize("entry", ["telephone", "paper", "own_work"])
def test_an_officer_enters_a_referral_and_it_says_how_it_came(desk: Client, officer: User, entry: str) -> None:
    draft = begun(desk, entry)
    fill(desk, draft)
    assert desk.post(f"/casework/enter/{draft.pk}/check/").headers["Location"].endswith("/sent/")
    referral = Referral.objects.get()
    assert (referral.received_by, referral.entered_by) == (entry, officer)
    assert referral.dispatches.count() == 2
    assert referral.reference in desk.get(f"/casework/enter/{draft.pk}/sent/").content.decode()


@pytest.mark.parametrize(
    ("asked", "written"),
    [({"language": "cy"}, "cy"), ({"language": "en"}, "en"), ({}, "en"), ({"language": "x"}, "en")],
)
def test_a_caller_who_wants_welsh_is_written_to_in_welsh(desk: Client, asked: dict[str, str], written: str) -> None:
    assert "In which language do we write to the referrer?" in desk.get("/casework/enter/").content.decode()
    start = desk.post("/casework/enter/", {"entry": "telephone", **asked}).headers["Location"]
    text = sent(desk, Draft.objects.get(pk=start.split("/")[3]))
    referral = Referral.objects.get()
    assert referral.language == written, "the pages stay English; what the caller asked for is kept"
    assert 'lang="en"' in text
    desk.force_login(officer_of(dispatch_to_authority(referral).agency))
    shown = desk.get(f"/casework/referrals/{referral.pk}/").content.decode()
    assert referral.reference in shown
    assert ("contact the referrer in Welsh" in shown) is (written == "cy")


def test_how_it_came_must_be_said(desk: Client) -> None:
    shown = desk.post("/casework/enter/", {}).content.decode()
    assert "Error: " in shown
    assert not Draft.objects.exists()


def test_from_their_own_work_officers_type_nothing_the_house_knows(desk: Client, officer: User) -> None:
    answers = begun(desk, "own_work").answers
    assert answers["referrer_name"] == officer.name
    assert answers["referrer_organisation"] == officer.agencies[0].name
    assert "referrer_name" not in begun(desk, "telephone").answers


def test_what_a_colleague_enters_is_answered_as_absent(desk: Client, officer: User, visitor: Visitor) -> None:
    draft = begun(desk, "paper")
    colleague = Client()
    colleague.force_login(officer_of(officer.agencies[0]))
    assert colleague.get(f"/casework/enter/{draft.pk}/danger/").status_code == 404


def test_the_front_door_does_not_open_what_an_officer_enters(desk: Client, visitor: Visitor) -> None:
    draft = begun(desk, "paper")
    visitor.begin()
    assert visitor.get(f"/refer/{draft.pk}/danger/").status_code == 404


def test_the_front_door_cannot_pretend_to_be_staff_entry(visitor: Visitor) -> None:
    visitor.begin()
    visitor.answer("how-it-came", entry="paper")
    visitor.answer("danger", danger="no", entry="paper")
    assert visitor.draft.answers == {"danger": "no"}


def test_nobody_enters_a_referral_without_signing_in(db: None) -> None:
    assert "sign-in" in Client().get("/casework/enter/").headers["Location"]


def test_the_pages_are_the_casework_s_and_offer_no_saving(desk: Client) -> None:
    draft = begun(desk, "own_work")
    fill(desk, draft)
    shown = desk.get(f"/casework/enter/{draft.pk}/concern/").content.decode()
    assert "OFFICIAL-SENSITIVE" in shown
    assert "for later" not in shown
    assert "Exit this page" not in shown


def test_northern_ireland_is_explained_here_too(desk: Client) -> None:
    draft = begun(desk, "own_work")
    fill(desk, draft)
    response = desk.post(f"/casework/enter/{draft.pk}/place/", {"authority": "northern_ireland"})
    shown = desk.get(response.headers["Location"]).content.decode()
    assert f"/casework/enter/{draft.pk}/place/" in shown


def test_how_it_came_can_be_put_right(desk: Client) -> None:
    draft = begun(desk, "paper")
    desk.post(f"/casework/enter/{draft.pk}/how-it-came/", {"entry": "telephone"})
    assert Draft.objects.get().answers == {"entry": "telephone"}


@pytest.mark.parametrize("entry", ["telephone", "paper"])
def test_what_was_told_belongs_to_the_person_who_told_it(desk: Client, entry: str) -> None:
    draft = begun(desk, entry)
    assert "Answer as the person who told you" in desk.get(f"/casework/enter/{draft.pk}/you/").content.decode()
    shown = sent(desk, draft)
    assert "Give both to the person who told you" in shown
    assert "on their behalf" in shown
    assert "Keep your code" not in shown
    assert "in this browser" not in shown


def test_from_their_own_work_officers_keep_the_code_themselves(desk: Client) -> None:
    draft = begun(desk, "own_work")
    assert "Answer as the person" not in desk.get(f"/casework/enter/{draft.pk}/you/").content.decode()
    shown = sent(desk, draft)
    assert "Keep your code" in shown
    assert "the person who told you" not in shown


def test_from_the_confirmation_officers_go_on_with_their_work(desk: Client) -> None:
    shown = sent(desk, begun(desk, "paper"))
    main = shown[shown.index("<main") :]
    assert f'href="{reverse("referrals:inbox")}"' in main
    assert f'href="{reverse("referrals:enter")}"' in main


@pytest.mark.parametrize(("entry", "for_another"), [("paper", True), ("own_work", False)])
def test_a_referral_says_on_whose_behalf_it_was_entered_only_where_it_was(
    desk: Client, entry: str, for_another: bool
) -> None:
    draft = begun(desk, entry)
    sent(desk, draft)
    referral = Referral.objects.get(draft_id=draft.pk)
    desk.force_login(officer_of(dispatch_to_authority(referral).agency))
    shown = desk.get(reverse("desk:referral", args=[referral.pk]))
    assert shown.status_code == 200
    assert ("on behalf of the referrer" in shown.content.decode()) == for_another


@pytest.mark.urls("config.urls.casework")
def test_staff_entry_stands_without_the_front_door(desk: Client) -> None:
    draft = begun(desk, "paper")
    fill(desk, draft)
    assert desk.get(f"/casework/enter/{draft.pk}/check/").status_code == 200
    desk.post(f"/casework/enter/{draft.pk}/check/")
    assert desk.get(f"/casework/enter/{draft.pk}/sent/").status_code == 200
    assert desk.get("/northern-ireland/").status_code == 404
