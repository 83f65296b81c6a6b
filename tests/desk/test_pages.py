"""Officers see what was sent to their agencies, and nothing else."""

from uuid import UUID

import pytest
from django.urls import reverse

from audit.ledger import read_payload
from audit.models import Entry
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.referrals.looking import searching

pytestmark = pytest.mark.usefixtures("db", "on_record")

BRADFORD = {**TEACHER, "postcode": "BD1 1HX"}


@pytest.fixture
def stranger():
    return officer_of(dispatch_to_authority(submitted(BRADFORD)).agency)


def test_both_agencies_see_the_referral_in_their_inbox(client, referral):
    for dispatch in referral.dispatches.select_related("agency"):
        client.force_login(officer_of(dispatch.agency))
        assert referral.reference in client.get(reverse("referrals:inbox")).content.decode()


def test_another_authority_does_not_see_it(client, referral, stranger):
    client.force_login(stranger)
    assert referral.reference not in client.get(reverse("referrals:inbox")).content.decode()


@pytest.mark.parametrize("page", ["desk:referral", "desk:referral-print", "desk:referral-pdf"])
def test_a_strangers_referral_is_answered_as_an_absent_one(client, referral, stranger, page):
    client.force_login(stranger)
    absent = client.get(reverse(page, args=["00000000-0000-4000-8000-000000000000"]))
    theirs = client.get(reverse(page, args=[referral.pk]))
    assert (theirs.status_code, theirs.content) == (absent.status_code, absent.content) == (404, absent.content)


@pytest.mark.parametrize(
    "page",
    ["desk:referral", "desk:referral-print", "desk:referral-pdf", "referrals:assign", "referrals:acknowledge"],
)
def test_who_asked_for_what_is_not_theirs_or_absent_is_on_the_record(client, referral, stranger, page):
    client.force_login(stranger)
    theirs = referral.pk if page.startswith("desk") else dispatch_to_authority(referral).pk
    for asked in (theirs, UUID("00000000-0000-4000-8000-000000000000")):
        assert client.post(reverse(page, args=[asked])).status_code in {404, 405}
        if page != "referrals:acknowledge":
            assert client.get(reverse(page, args=[asked])).status_code == 404
        entry = Entry.objects.filter(kind=Entry.Kind.REFUSED, object_id=asked).latest("id")
        assert entry.actor == stranger.pk


@pytest.mark.parametrize("page", ["desk:referral", "desk:referral-print"])
def test_a_referral_shows_its_answers_both_receipts_and_that_it_is_not_cleared(client, referral, lead, page):
    client.force_login(lead)
    text = client.get(reverse(page, args=[referral.pk])).content.decode()
    for words in (
        "Not cleared",
        "CTP North East",
        "Barnsley",
        "Tomasz",
        "admires an attacker",
        "OFFICIAL-SENSITIVE",
    ):
        assert words in text


def test_opening_a_referral_leaves_an_access_entry(client, referral, lead):
    client.force_login(lead)
    client.get(reverse("desk:referral", args=[referral.pk]))
    entry = Entry.objects.get(kind=Entry.Kind.VIEWED, object_id=referral.pk)
    assert (entry.actor, entry.subject) == (lead.pk, referral.person_id)


def test_a_list_leaves_an_access_entry_naming_what_was_shown(client, referral, lead):
    client.force_login(lead)
    client.get(reverse("referrals:inbox"))
    entry = Entry.objects.filter(kind=Entry.Kind.LISTED).latest("id")
    assert read_payload(entry)["referrals"] == [str(referral.pk)]


def test_home_says_what_to_do_next_and_why(client, referral, lead):
    client.force_login(lead)
    text = client.get(reverse("desk:home")).content.decode()
    assert referral.reference in text and "Read it and take receipt" in text


def test_taking_receipt_assigning_and_noting_all_show_on_the_timeline(client, referral, lead):
    client.force_login(lead)
    dispatch = dispatch_to_authority(referral)
    client.post(reverse("referrals:acknowledge", args=[dispatch.pk]))
    client.post(reverse("referrals:assign", args=[dispatch.pk]), {"to": str(lead.pk)})
    client.post(
        reverse("referrals:note", args=[dispatch.pk]),
        {"text": "Spoke to the school nurse.", "readers": "agency"},
    )
    text = client.get(reverse("desk:referral", args=[referral.pk])).content.decode()
    for words in (
        "Took receipt for",
        "Assigned to Osian Achterberg",
        "Wrote a note",
        "Spoke to the school nurse.",
    ):
        assert words in text


def test_a_note_for_ones_own_agency_is_not_shown_to_the_other_nor_that_it_exists(client, referral, lead):
    client.force_login(lead)
    dispatch = dispatch_to_authority(referral)
    client.post(reverse("referrals:note", args=[dispatch.pk]), {"text": "Only for us.", "readers": "agency"})
    client.post(reverse("referrals:note", args=[dispatch.pk]), {"text": "For both.", "readers": "recipients"})
    client.force_login(officer_of(dispatch_to_police(referral).agency))
    text = client.get(reverse("desk:referral", args=[referral.pk])).content.decode()
    assert "For both." in text and "Only for us." not in text and text.count("Wrote a note") == 1


def test_a_second_officer_is_told_who_took_receipt(client, referral, lead):
    dispatch = dispatch_to_authority(referral)
    client.force_login(lead)
    client.post(reverse("referrals:acknowledge", args=[dispatch.pk]))
    client.force_login(officer_of(dispatch.agency, name="Second Officer"))
    answer = client.post(reverse("referrals:acknowledge", args=[dispatch.pk]))
    assert answer.status_code == 409 and "Osian Achterberg has already taken receipt" in answer.content.decode()


def test_an_empty_note_is_asked_for_again_and_nothing_is_lost(client, referral, lead):
    client.force_login(lead)
    answer = client.post(
        reverse("referrals:note", args=[dispatch_to_authority(referral).pk]),
        {"text": "Half a thought", "readers": ""},
    )
    text = answer.content.decode()
    assert "Say who may read the note" in text and "Half a thought" in text and "<title>Error: " in text


@pytest.mark.parametrize("verb", ["acknowledge", "assign", "note"])
def test_a_stranger_can_do_nothing_with_it(client, referral, stranger, verb):
    client.force_login(stranger)
    path = reverse(f"referrals:{verb}", args=[dispatch_to_authority(referral).pk])
    data = {"to": str(stranger.pk), "text": "x", "readers": "agency"}
    assert client.post(path, data).status_code == 404
    assert not referral.notes.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=sent", True),
        ("state=acknowledged", False),
        ("assigned=nobody", True),
        ("assigned=me", False),
        ("flags=immediate", False),
        ("reference={lower}", True),
        ("reference=2222-2222", False),
        ("reference=nonsense", False),
        ("reference=%00", False),
        ("state=nonsense", False),
        ("older_than=nonsense", True),
        ("older_than=0001-01-01T00:00:00%2B23:00~00000000-0000-4000-8000-000000000000", True),
        ("newer_than=9999-12-31T23:59:59-23:00~00000000-0000-4000-8000-000000000000", True),
    ],
)
def test_filters_in_the_address_narrow_the_inbox(client, referral, lead, query, found):
    searching(lead)
    client.force_login(lead)
    query = query.format(lower=referral.reference.lower().replace("-", " "))
    text = client.get(f"{reverse('referrals:inbox')}?{query}").content.decode()
    assert (f">{referral.reference}<" in text) is found


@pytest.mark.parametrize("page", ["desk:home", "referrals:inbox"])
def test_a_list_costs_the_same_queries_with_one_row_and_with_twenty(client, lead, page, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(lead)
    client.get(reverse(page))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse(page))
    for _ in range(19):
        submitted()
    with CaptureQueriesContext(connection) as twenty:
        client.get(reverse(page))
    assert len(one) == len(twenty) <= (64 if page == "desk:home" else 23), "a home has queries for each of its sources"


def test_looking_for_a_reference_is_on_the_record_even_when_nothing_is_found(client, lead):
    client.force_login(lead)
    client.get(f"{reverse('referrals:inbox')}?reference=2222-2222")
    entry = Entry.objects.get(kind=Entry.Kind.SEARCHED)
    assert (entry.actor, read_payload(entry)["reference"]) == (lead.pk, "2222-2222")


def test_a_list_says_that_nothing_is_cleared(client, referral, lead):
    client.force_login(lead)
    for page in ("desk:home", "referrals:inbox"):
        assert "Not cleared" in client.get(reverse(page)).content.decode()


def test_who_signed_in_again_to_take_receipt_comes_to_the_referral(client, referral, lead):
    receipt = reverse("referrals:acknowledge", args=[dispatch_to_authority(referral).pk])
    assert client.post(receipt).url == f"{reverse('account_login')}?next={receipt}"
    client.force_login(lead)
    assert client.get(receipt).url == reverse("desk:referral", args=[referral.pk])


@pytest.mark.parametrize("verb", ["assign", "note"])
def test_opening_a_page_of_work_is_a_look_too(client, referral, lead, verb):
    client.force_login(lead)
    dispatch = dispatch_to_authority(referral)
    client.get(reverse(f"referrals:{verb}", args=[dispatch.pk]))
    assert Entry.objects.get(kind=Entry.Kind.VIEWED).object_id == dispatch.referral_id


def test_log_ledger_and_answer_know_a_request_by_one_id(client, referral, lead):
    client.force_login(lead)
    answer = client.get(reverse("desk:referral", args=[referral.pk]))
    assert answer["X-Request-ID"] == str(Entry.objects.get(kind=Entry.Kind.VIEWED).correlation)
