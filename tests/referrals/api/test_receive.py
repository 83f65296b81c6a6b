"""An agency's own system fetches what was dispatched to it, and says what it calls it."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from agencies.models import Agency
from audit.ledger import read_payload
from audit.models import Entry, EventRecord
from referrals.models import Dispatch, SystemLink
from referrals.states import DispatchState
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.referrals.api.calling import DISPATCHES, REFERRALS, Caller, agency_key
from tests.referrals.api.test_send import problem

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def key(dispatch):
    return agency_key(dispatch.agency)


@pytest.fixture
def council(key):
    return Caller(key)


@pytest.fixture
def stranger():
    return Caller(agency_key(Agency.objects.get(code="E08000032")))


LINK = {"case_number": "NEX-2026-00417", "status": "Open"}


def link(dispatch):
    return f"{DISPATCHES}/{dispatch.pk}/link"


def test_a_receiving_system_gets_the_referral_in_answers_and_in_words(council, referral, dispatch):
    told = council.get(f"{REFERRALS}/{referral.pk}").json()
    assert told["answers"]["approximate_age"] == 15
    assert told["answers"]["given_names"] == "Tomasz"
    assert (told["reference"], told["deconfliction"], told["immediate"]) == (referral.reference, "not_cleared", False)
    (mine,) = told["dispatches"]
    assert (mine["id"], mine["agency"], mine["receipt"]) == (str(dispatch.pk), "E08000038", "waiting")
    rows = {row["question"]: row for section in told["sections"] for row in section["rows"]}
    assert rows["danger"]["values"] == ["No"]


def test_every_fetch_is_on_record_as_a_disclosure_to_the_agency(council, key, referral, dispatch):
    council.get(f"{REFERRALS}/{referral.pk}")
    council.get(f"{REFERRALS}/{referral.pk}")
    first, second = Entry.objects.filter(kind=Entry.Kind.DISCLOSED, object_id=referral.pk).order_by("id")
    assert (first.actor, first.object_id, first.subject) == (key.key.system_id, referral.pk, referral.person_id)
    assert (
        read_payload(first)
        == read_payload(second)
        == {
            "recipient": str(key.key.system_id),
            "agencies": [str(dispatch.agency_id)],
            "dispatches": [str(dispatch.pk)],
            "key": str(key.key.pk),
        }
    )


def test_what_is_not_theirs_looks_as_what_is_absent_and_asking_is_on_record(stranger, referral, dispatch):
    for theirs, path in ((referral.pk, f"{REFERRALS}/{{}}"), (dispatch.pk, f"{DISPATCHES}/{{}}/link")):
        absent = uuid4()
        answers = [problem(stranger.get(path.format(pk)), 404) | {"instance": ""} for pk in (theirs, absent)]
        assert answers[0] == answers[1]
        assert Entry.objects.filter(kind=Entry.Kind.REFUSED, object_id__in=[theirs, absent]).count() == 2
    assert not Entry.objects.filter(kind=Entry.Kind.DISCLOSED, object_id=referral.pk).exists()
    answers = [problem(stranger.put(f"{DISPATCHES}/{pk}/link", LINK), 404) for pk in (dispatch.pk, uuid4())]
    assert answers[0] | {"instance": ""} == answers[1] | {"instance": ""}
    assert not SystemLink.objects.exists()


def test_what_waits_is_listed_until_it_is_linked_oldest_first_ids_only(council, dispatch, referral):
    later = [submitted() for _each in range(2)]
    told = council.get(DISPATCHES).json()
    wanted = [dispatch, *(dispatch_to_authority(each) for each in later)]
    assert told == {
        "dispatches": [{"id": str(each.pk), "referral": str(each.referral_id)} for each in wanted],
        "next": None,
    }
    council.get(f"{REFERRALS}/{referral.pk}")
    assert len(council.get(DISPATCHES).json()["dispatches"]) == 3, "fetched is not yet kept"
    council.put(link(dispatch), LINK)
    assert [row["id"] for row in council.get(DISPATCHES).json()["dispatches"]] == [str(each.pk) for each in wanted[1:]]


def test_a_long_list_is_read_page_by_page(council, dispatch, monkeypatch):
    monkeypatch.setattr("referrals.api.operations.PAGE", 2)
    wanted = {str(dispatch.pk), *(str(dispatch_to_authority(submitted()).pk) for _each in range(4))}
    found: list[str] = []
    pages, told = 1, council.get(DISPATCHES).json()
    while told["next"]:
        found += [row["id"] for row in told["dispatches"]]
        pages, told = pages + 1, council.get(DISPATCHES, after=told["next"]).json()
    found += [row["id"] for row in told["dispatches"]]
    assert (len(found), set(found), pages) == (5, wanted, 3)


def test_the_next_page_is_asked_for_with_its_cursor_as_it_was_told(council, dispatch, monkeypatch):
    monkeypatch.setattr("referrals.api.operations.PAGE", 1)
    later = dispatch_to_authority(submitted())
    told = council.get(DISPATCHES).json()
    (row,) = council.get(f"{DISPATCHES}?after={told['next']}").json()["dispatches"]
    assert (told["dispatches"][0]["id"], row["id"]) == (str(dispatch.pk), str(later.pk))


@pytest.mark.parametrize(
    "after",
    ["nonsense", "~", "x" * 300, "2026-02-29T12:00:00Z~" + str(UUID(int=1)), "2026-11-22T12:00:00Z~",
     "2026-11-22T12:00:00+00:00~" + str(UUID(int=1)), "2026-11-22T12:00:00Z~" + str(UUID(int=1)) + "\n"],
)  # fmt: skip
def test_a_cursor_that_is_none_is_refused_and_does_not_begin_again(council, dispatch, after):
    told = problem(council.get(DISPATCHES, after=after), 400)
    assert told["errors"][0]["pointer"] == "#/after"
    assert len(council.get(DISPATCHES, after="").json()["dispatches"]) == 1


def test_the_list_asks_the_database_as_often_for_twenty_as_for_one(council, dispatch, django_assert_num_queries):
    council.get(DISPATCHES)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        council.get(DISPATCHES)
    for _each in range(19):
        submitted()
    with django_assert_num_queries(len(one)):
        assert len(council.get(DISPATCHES).json()["dispatches"]) == 20


def test_a_link_is_kept_in_versions_and_the_same_words_are_no_new_one(council, key, dispatch):
    first = council.put(link(dispatch), LINK)
    assert first.status_code == 200, first.content
    assert first.json() | {"written_at": ""} == {"dispatch": str(dispatch.pk), **LINK, "version": 1, "written_at": ""}
    assert council.put(link(dispatch), LINK).json() == first.json()
    assert council.put(link(dispatch), {**LINK, "status": "Closed"}).json()["version"] == 2
    assert council.get(link(dispatch)).json()["status"] == "Closed"
    kept = SystemLink.objects.order_by("version")
    assert [(row.status, row.written_by) for row in kept] == [("Open", key.key.system), ("Closed", key.key.system)]
    assert EventRecord.objects.filter(kind="dispatch_linked").count() == 2


def test_there_is_no_link_before_one_is_written(council, dispatch):
    problem(council.get(link(dispatch)), 404)


def test_a_link_takes_no_receipt(council, dispatch):
    council.put(link(dispatch), LINK)
    assert Dispatch.objects.get(pk=dispatch.pk).state == DispatchState.SENT


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"case_number": "A"},
        {**LINK, "status": ""},
        {**LINK, "status": "x" * 101},
        {**LINK, "case_number": " A"},
        {**LINK, "case_number": "A\n"},
        {**LINK, "case_number": 7},
        {**LINK, "case_number": "\ud800"},
        {**LINK, "case_number": "A\u0000"},
        {**LINK, "receipt": "taken"},
    ],
)
def test_a_link_that_is_none_is_refused(council, dispatch, body):
    told = problem(council.put(link(dispatch), body), 422)
    assert told["errors"][0]["pointer"].startswith("#/")
    assert not SystemLink.objects.exists()


def test_officers_of_the_agency_see_the_link_and_those_of_the_other_do_not(client, council, dispatch, referral):
    council.put(link(dispatch), LINK)
    council.put(link(dispatch), {**LINK, "status": "Closed"})
    page = reverse("desk:referral", args=[referral.pk])
    client.force_login(officer_of(dispatch.agency))
    text = client.get(page).content.decode()
    for words in ("NEX-2026-00417", "Closed", "Casebook of the agency", "Wrote back its own case number and status."):
        assert words in text
    client.force_login(officer_of(dispatch_to_police(referral).agency))
    text = client.get(page).content.decode()
    for words in ("NEX-2026-00417", "Casebook of the agency", "Wrote back"):
        assert words not in text


def test_the_ledger_seals_what_the_system_calls_it(council, dispatch):
    council.put(link(dispatch), LINK)
    row = SystemLink.objects.get()
    entry = Entry.objects.get(kind=Entry.Kind.CREATED, object_id=row.pk)
    assert entry.subject == dispatch.referral.person_id
    assert UUID(str(row)) == row.pk
