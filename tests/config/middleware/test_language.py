"""Readers are answered in their language and keep the one they choose; casework is English."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from agencies.languages import has_chosen, language_of, opening_in
from agencies.models import Agency
from config.middleware.language import address_without_choice
from config.views.errors import bad_request
from tests.making import dispatch_to_authority, officer_of, submitted

pytestmark = pytest.mark.django_db
WELSH = 'lang="cy"'


def language(response):
    page = response.content.decode()
    return page.partition('<html lang="')[2][:2]


def test_a_page_is_english_unless_somebody_wants_welsh(client):
    answer = client.get("/")
    assert (language(answer), answer["Content-Language"]) == ("en", "en")
    assert {"Cookie", "Accept-Language"} <= {part.strip() for part in answer["Vary"].split(",")}


@pytest.mark.parametrize("wanted", ["cy", "cy-GB,cy;q=0.9,en;q=0.8", "de,cy;q=0.5"])
def test_a_browser_that_prefers_welsh_gets_welsh(client, wanted):
    assert language(client.get("/", headers={"Accept-Language": wanted})) == "cy"


def test_the_switch_is_kept_and_the_address_loses_the_word(client):
    chosen = client.get("/privacy/?x=1&lang=cy")
    assert (chosen.status_code, chosen["Location"]) == (302, "/privacy/?x=1")
    assert chosen["Cache-Control"] == "no-store, private"
    cookie = chosen.cookies["language"]
    assert (cookie.value, cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("cy", "", True, "Lax")
    assert language(client.get("/privacy/?x=1")) == "cy"
    assert client.get("/?lang=en")["Location"] == "/"
    assert language(client.get("/", headers={"Accept-Language": "cy"})) == "en", "a choice counts for more"


@pytest.mark.parametrize("address", ["/?lang=de", "/?lang=", "/?lang=cy-x"])
def test_a_language_that_we_do_not_have_changes_nothing(client, address):
    answer = client.get(address)
    assert (answer.status_code, language(answer)) == (200, "en")
    assert "language" not in answer.cookies


def test_the_switch_leads_to_no_other_host():
    request = RequestFactory().get("/?lang=cy")
    request.path = "//elsewhere.example/"
    assert address_without_choice(request) == "/%2Felsewhere.example/"


@pytest.mark.parametrize("address", ["/", "/privacy/", "/no-such-page/", "/northern-ireland/", "/ended/"])
def test_every_page_has_the_switch_and_says_which_language_is_which(client, address):
    page = client.get(address, {"a": "<b>"}).content.decode()
    assert 'href="?a=%3Cb%3E&amp;lang=cy"' in page or 'href="?lang=cy"' in page
    assert 'hreflang="cy"' in page
    assert 'aria-current="true" lang="en">English' in page
    assert "Newid yr iaith i’r Gymraeg" in page


@pytest.mark.parametrize("code", ["400", "403", "404", "500", "503"])
def test_an_error_page_has_the_switch_too(code):
    html = render_to_string(f"{code}.html", {"request": RequestFactory().get("/x/?lang=en")})
    assert 'href="?lang=cy"' in html


def test_what_fails_before_the_language_is_known_is_told_in_the_reader_s():
    request = RequestFactory().get("/", headers={"Cookie": "language=cy"})
    with translation.override("en"):
        assert WELSH in bad_request(request, ValueError()).content.decode()


@pytest.mark.usefixtures("on_record")
@pytest.mark.parametrize("address", ["/casework/", "/casework/sign-in/", "/casework/inbox/", "/casework/no-such-page/"])
def test_no_page_of_casework_is_welsh(client, address):
    client.force_login(officer_of(Agency.objects.get(code="ctp-north-east")))
    client.cookies["language"] = "cy"
    answer = client.get(address, {"lang": "cy"}, headers={"Accept-Language": "cy"}, follow=True)
    assert language(answer) == "en"
    assert "Cymraeg" not in answer.content.decode()
    assert answer["Content-Language"] == "en"
    assert "language" not in answer.cookies


def test_the_casework_surface_is_english_at_every_address():
    with override_settings(SURFACE="casework", ROOT_URLCONF="config.urls.casework"):
        assert language(Client().get("/no-such-page/?lang=cy", headers={"Accept-Language": "cy"})) == "en"


def test_the_public_surface_has_no_casework_and_says_so_in_welsh():
    with override_settings(SURFACE="public", ROOT_URLCONF="config.urls.public"):
        assert language(Client().get("/casework/", headers={"Accept-Language": "cy"})) == "cy"


def test_one_reader_s_language_does_not_stay_for_the_next(client):
    before = translation.get_language()
    client.get("/", headers={"Accept-Language": "cy"})
    assert translation.get_language() == before


def test_partners_systems_are_answered_in_english():
    assert language_of(RequestFactory().get("/api/v1/x?lang=cy", headers={"Accept-Language": "cy"})) == "en"


def test_a_link_in_welsh_mail_says_so():
    assert opening_in("https://x.example/saved/1/", "cy") == "https://x.example/saved/1/?lang=cy"
    assert opening_in("https://x.example/saved/1/", "en") == "https://x.example/saved/1/"


def test_a_cookie_with_another_word_is_no_choice():
    assert not has_chosen(RequestFactory().get("/", headers={"Cookie": f"{settings.LANGUAGE_COOKIE_NAME}=xx"}))


@pytest.mark.usefixtures("on_record")
def test_the_public_finds_no_welsh_in_what_officers_read(client):
    referral = submitted()
    client.force_login(officer_of(dispatch_to_authority(referral).agency))
    page = client.get(f"/casework/referrals/{referral.pk}/", headers={"Accept-Language": "cy"}).content.decode()
    assert WELSH not in page
