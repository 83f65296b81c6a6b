"""The one box, from the header of any page to what it finds."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from agencies.purposes import Purpose
from audit.ledger import read_payload
from audit.models import Entry
from audit.terms import hashes_of
from desk.searching import why
from people.matching.evidence import How
from referrals.actions.search_records import search_records
from referrals.models import Search, SearchPurpose
from referrals.searching.fitting import Fit
from tests.making import TEACHER, dispatch_to_authority, officer_of, submitted
from tests.referrals.looking import GIVEN, searching
from tests.referrals.opening import broken, privacy_officer, reviewer

pytestmark = pytest.mark.usefixtures("db", "on_record")
SEARCH = reverse("desk:search")
BORN = {"day": "7", "month": "8", "year": "2006"}
AXEL = {**TEACHER, "given_names": "Axel", "family_name": "Rudderham", "date_of_birth": BORN, "other_names": "Ace"}
FAR = "E08000032"


@pytest.fixture
def axel():
    return submitted(AXEL)


@pytest.fixture
def officer(client, axel):
    user = officer_of(dispatch_to_authority(axel).agency)
    searching(user)
    client.force_login(user)
    return user


def results(client, typed):
    """The page that a search leads to."""
    answer = client.post(SEARCH, {"search": typed}, follow=True)
    assert answer.status_code == 200
    return answer


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_box_stands_on_every_page_of_those_who_may_search_and_once_on_its_own(client, officer, axel):
    for name, arguments in (("desk:home", []), ("referrals:inbox", []), ("desk:referral", [axel.pk])):
        assert text_of(client.get(reverse(name, args=arguments))).count('role="search"') == 1
    assert text_of(client.get(SEARCH)).count('role="search"') == 1
    assert text_of(results(client, "rudderham")).count('role="search"') == 1
    client.force_login(reviewer())
    home = text_of(client.get(reverse("desk:home")))
    assert 'role="search"' not in home
    assert SEARCH not in home


def test_a_search_leads_to_an_address_that_names_nobody(client, officer, axel):
    answer = client.post(SEARCH, {"search": "Ruderham 7/8/2006"})
    assert answer["Location"] == reverse("desk:search-results", args=[Search.objects.get().pk])
    text = text_of(client.get(answer["Location"]))
    assert "<title>Search results - " in text
    for said in (
        "Axel Rudderham", "Ace", axel.reference, "7 August 2006, aged", "Spelt differently", "Same date of birth",
        "1 result.", 'value="Ruderham 7/8/2006"', "Barnsley", "Not cleared",
        "What other areas hold is not searched here",
    ):  # fmt: skip
        assert said in text, said


def test_before_the_first_search_of_a_day_one_says_why_and_nothing_typed_is_lost(client, axel):
    user = officer_of(dispatch_to_authority(axel).agency)
    client.force_login(user)
    wanted = client.post(SEARCH, {"search": "rudderham"})["Location"]
    asked = client.get(wanted)
    assert asked["Location"].startswith(reverse("referrals:search-purpose"))
    assert not Entry.objects.filter(kind=Entry.Kind.SEARCHED).exists()
    answer = client.post(reverse("referrals:search-purpose"), {**GIVEN, "next": wanted}, follow=True)
    assert "Axel Rudderham" in text_of(answer)
    assert "Axel Rudderham" in text_of(results(client, "axel")), "once a day"


def test_the_ledger_keeps_an_hmac_of_each_term_what_was_shown_and_what_for(client, officer, axel):
    results(client, "Rudderham 7/8/2006")
    results(client, "garside")
    first, second = Entry.objects.filter(kind=Entry.Kind.SEARCHED).order_by("pk")
    said, today = read_payload(first), timezone.localdate()
    assert said["referrals"] == [str(axel.pk)]
    assert (said["purpose"], said["stated"]) == (Purpose.COVERING, str(SearchPurpose.objects.get().pk))
    looked_for = {hashes_of(term, since=today, until=today) for term in ("name:rudderham", "birth:2006-08-07")}
    assert {frozenset([each]) for each in said["terms"]} == looked_for
    assert "udderham" not in str(said)
    assert read_payload(second)["referrals"] == []


def test_a_search_opens_to_whoever_made_it_and_is_absent_to_others(client, officer):
    row = search_records(words="rudderham", by=officer, now=timezone.now())
    address = reverse("desk:search-results", args=[row.pk])
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405
    other = officer_of(officer.agencies[0])
    searching(other)
    client.force_login(other)
    assert client.get(address).status_code == 404


def test_nothing_found_says_what_to_try(client, officer):
    answer = results(client, "Garside")
    text = text_of(answer)
    assert "<title>Nothing found - " in text
    assert "type less" in text
    assert "What other areas hold is not searched here" in text


def test_what_could_not_be_read_is_said_beside_what_was_found(client, officer):
    text = text_of(results(client, "rudderham 31/2/2006"))
    assert "Axel Rudderham" in text
    assert "We could not look for 31/2/2006" in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter a reference, name, date of birth or postcode"),
        (" \t ", "Enter a reference, name, date of birth or postcode"),
        ("\0", "Enter a reference, name, date of birth or postcode"),
        ("😀", "Enter a reference, name, date of birth or postcode"),
        ("\u202e", "Enter a reference, name, date of birth or postcode"),
        ("a b", "Enter at least 2 letters of a name"),
        ("31/2/2006", "Check 31/2/2006: it is no reference, date of birth or postcode"),
        ("x" * 10_000, "Shorten what you search for to 200 characters"),
    ],
)
def test_what_cannot_be_looked_for_has_its_sentence_and_is_kept_in_the_box(client, officer, typed, said):
    answer = client.post(SEARCH, {"search": typed})
    assert answer.status_code == 200
    assert "<title>Error: Search" in answer.content.decode()
    assert said in answer.content.decode()
    if typed.strip(" \t\0"):
        assert typed in answer.content.decode()
    assert not Search.objects.exists()


@pytest.mark.parametrize(
    "typed", ["Rudder\0ham", "\u202eRudderham\u202c", "😀 Rudderham", "Rudderham <b>", "rudderham' OR 1=1"]
)
def test_strange_signs_break_nothing(client, officer, typed):
    assert results(client, typed).status_code == 200


def test_where_it_is_and_how_one_knows_of_it_is_said(client, officer, axel):
    helper = officer_of(Agency.objects.get(code="E08000034"))
    privacy_officer("E08000038")
    broken(axel, by=helper)
    searching(helper)
    client.force_login(helper)
    text = text_of(results(client, "rudderham"))
    assert "Opened to you" in text
    assert "Barnsley" in text
    assert "Waiting for receipt" not in text


def test_a_page_of_fifty_costs_what_a_page_of_one_costs(
    client, officer, django_assert_num_queries, django_assert_max_num_queries
):
    results(client, "rudderham")
    row = search_records(words="rudderham", by=officer, now=timezone.now())
    address = reverse("desk:search-results", args=[row.pk])
    client.get(address)
    with django_assert_max_num_queries(60) as one:
        client.get(address)
    for _ in range(3):
        submitted(AXEL)
    with django_assert_num_queries(len(one)):
        assert "4 results, the best first." in text_of(client.get(address))


def test_every_way_to_fit_has_its_words():
    assert why(Fit(by_reference=True)) == ["The reference you typed"]
    assert why(Fit((How.SAME, How.SAME))) == ["Same name"]
    assert why(Fit((How.SAME, How.TYPO, How.SOUND))) == ["Spelt differently"]
    assert why(Fit((How.ALIAS,), How.AGE, How.DISTRICT)) == [
        "Another name of theirs", "The age fits", "Same postcode district",
    ]  # fmt: skip
    assert why(Fit(birth=How.NOT_KNOWN, postcode=How.NOT_KNOWN)) == ["Date of birth not known", "Postcode not known"]
