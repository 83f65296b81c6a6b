"""What an agency is shown of a referral that it is offered, before it accepts."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from agencies.permissions import Permission
from agencies.roles import RoleName
from people.models import AdultOrChild, Person
from referrals.actions.accept_offer import accept_offer
from referrals.actions.make_offer import make_offer
from referrals.models import OfferCause
from referrals.preview import age_band
from tests.agencies.administering import lessened
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.triage.deconflicting import answered, opened

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
WORDS = "His aunt took him to Bradford."


@pytest.fixture
def offered(client):
    dispatch = dispatch_to_authority(submitted({**TEACHER, "danger": "yes"}))
    lead = officer_of(dispatch.agency, name="Wren Castellane")
    bradford = officer_of(Agency.objects.get(code="E08000032"), name="Adeel Kershaw")
    offer = make_offer(
        dispatch_id=dispatch.pk, to_id=bradford.agencies[0].pk, reason=WORDS, cause=OfferCause.LOOKED_AFTER,
        by=lead, now=NOW,
    )  # fmt: skip
    client.force_login(bradford)
    return offer


def page_of(offer):
    return reverse("referrals:offered", args=[offer.pk])


def test_it_shows_reference_sender_reason_age_danger_and_whether_contact_is_cleared(client, offered):
    text = client.get(page_of(offered)).content.decode()
    for words in (offered.dispatch.referral.reference, "Barnsley", "Wren Castellane", "They are looked after there",
                  "Immediate danger", "Not cleared", "Answer by", "Accept the referral"):  # fmt: skip
        assert words in text
    answered(opened(offered.dispatch.referral), instruction="Go by the back door.")
    text = client.get(page_of(offered)).content.decode()
    assert "Cleared" in text and "back door" not in text


def test_no_name_and_no_words_are_shown_before_it_is_accepted(client, offered):
    referral = offered.dispatch.referral
    known = (referral.person.given_names, referral.person.family_name, WORDS, TEACHER["concern"], TEACHER["postcode"],
             referral.referrer.name)  # fmt: skip
    pages = (page_of(offered), reverse("referrals:inbox"), reverse("desk:home"),
             reverse("referrals:decline-offered", args=[offered.pk]))  # fmt: skip
    for page in pages:
        text = client.get(page).content.decode()
        assert referral.reference in text
        assert not [words for words in known if words and words in text], page
    for page in ("desk:referral", "desk:referral-print", "desk:referral-pdf"):
        assert client.get(reverse(page, args=[referral.pk])).status_code == 404
    assert client.get(reverse("desk:person", args=[referral.person_id])).status_code == 404
    lead = client.post(reverse("referrals:accept-offered", args=[offered.pk]))
    assert WORDS in client.get(lead["Location"]).content.decode()


def test_whoever_comes_back_from_signing_in_again_is_led_to_the_preview(client, offered):
    assert client.get(reverse("referrals:accept-offered", args=[offered.pk]))["Location"] == page_of(offered)


def test_who_may_not_accept_is_told_without_buttons(client, offered):
    with lessened(RoleName.AUTHORITY_LEAD, Permission.OFFER_ANSWER):
        text = client.get(page_of(offered)).content.decode()
    assert "A colleague who may accept answers it" in text and "Accept the referral" not in text


def test_what_was_answered_or_is_offered_to_others_has_no_preview(client, offered):
    client.force_login(officer_of(dispatch_to_police(offered.dispatch.referral).agency))
    assert client.get(page_of(offered)).status_code == 404
    bradford = officer_of(offered.agency)
    accept_offer(offer_id=offered.pk, by=bradford, now=NOW)
    client.force_login(bradford)
    assert client.get(page_of(offered)).status_code == 404


@pytest.mark.parametrize(
    ("years", "band"), [(12, "Under 13"), (13, "13 to 17"), (17, "13 to 17"), (18, "18 or older"), (80, "18 or older")]
)
def test_the_age_is_a_band(years, band):
    today = timezone.localdate()
    born = date(today.year - years, 1, 1)
    assert str(age_band(Person(date_of_birth=born, adult_or_child=AdultOrChild.UNKNOWN))) == band


@pytest.mark.parametrize(
    ("believed", "band"),
    [(AdultOrChild.ADULT, "18 or older"), (AdultOrChild.CHILD, "Under 18"), (AdultOrChild.UNKNOWN, "Not known")],
)
def test_without_a_date_of_birth_it_is_what_the_referrer_believes(believed, band):
    assert str(age_band(Person(adult_or_child=believed))) == band
