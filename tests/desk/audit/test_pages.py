"""The pages of the ledger: what they lead to, how they are narrowed, what they cost, and that they are on it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.access import looked
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import Entry
from config.templatetags.markup import unbroken
from desk.audit.selectors import entries_for, page_of
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.models import AccessKind
from tests.desk.audit.reading import opened, page, refuses
from tests.making import BARNSLEY, dispatch_to_authority, officer_of, submitted
from tests.referrals.opening import shared, supervisor

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def looked_at(officer, stranger, referral):
    for by in (officer, officer, stranger):
        opened(referral, by=by)
    return referral


def test_auditors_alone_open_the_pages(client, auditor, officer, looked_at):
    for name, args in (
        ("audit", ()),
        ("audit-refused", ()),
        ("audit-find", ()),
        ("audit-referral", (looked_at.pk,)),
        ("audit-user", (officer.pk,)),
    ):
        assert page(client, auditor, name, *args)
        assert refuses(client, supervisor(BARNSLEY), name, *args)


def test_home_and_navigation_lead_to_the_ledger(client, auditor):
    client.force_login(auditor)
    text = client.get(reverse("desk:home")).content.decode()
    assert text.count(f'href="{reverse("desk:audit")}"') == 2


def test_the_page_of_a_person_says_who_looked_how_often_and_whether_it_was_theirs(client, auditor, looked_at):
    text = page(client, auditor, "audit-referral", looked_at.pk)
    assert "Osian AchterbergBarnsley Metropolitan Borough Council 2 No" in text
    assert "Adeel Kershaw" in text and "Nobody has looked" not in text


def test_a_reference_is_never_broken_over_two_lines(client, auditor, looked_at):
    client.force_login(auditor)
    text = client.get(reverse("desk:audit")).content.decode()
    assert f'opened referral <span class="app-unbroken">{looked_at.reference}</span>, ' in text
    assert unbroken("<b> of 7K4M-Q2XP") == '&lt;b&gt; of <span class="app-unbroken">7K4M-Q2XP</span>'


def test_nobody_has_looked_at_whom_nobody_looked_at(client, auditor, referral):
    assert "Nobody has looked at this person" in page(client, auditor, "audit-referral", referral.pk)


def test_looks_of_auditors_are_no_looks_at_the_person(client, auditor, national, referral):
    page(client, auditor, "audit-referral", referral.pk)
    text = page(client, national, "audit-referral", referral.pk)
    assert "Nobody has looked at this person" in text and "looked at the ledger of referral" in text


def test_every_page_is_on_the_ledger_itself(client, auditor, national, officer, looked_at):
    for name, args, kind, pk in (
        ("audit", (), "", None),
        ("audit-referral", (looked_at.pk,), "referrals.referral", looked_at.pk),
        ("audit-user", (officer.pk,), "agencies.user", officer.pk),
    ):
        page(client, auditor, name, *args, operation="consultation")
        entry = entries_for(national).filter(actor=auditor.pk).latest("pk")
        assert (entry.kind, entry.object_type, entry.object_id) == (Entry.Kind.LISTED, kind, pk)
        assert read_payload(entry)["ledger"] == {"operation": "consultation"}


def test_filters_narrow_by_operation_and_by_day(client, auditor, officer, looked_at):
    def found(**query):
        return page(client, auditor, "audit-user", officer.pk, **query)

    assert "opened referral" in found(operation="consultation")
    assert "Nothing on the ledger matches" in found(operation="erasure")
    today, before = timezone.localdate(), timezone.localdate() - timedelta(days=1)

    def day(name, when):
        return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}

    assert "opened referral" in found(**day("since", today), **day("until", today))
    assert "Nothing on the ledger matches" in found(**day("until", before))
    assert "The last day must not be before the first" in found(**day("since", today), **day("until", before))
    assert "must be a real date" in found(**{"since-day": "x", "since-month": "1", "since-year": "2026"})


def test_what_the_service_did_by_itself_stands_there_when_asked_for(client, auditor, referral):
    looked(kind=Entry.Kind.VIEWED, at_object=referral, by=Agent.SWEEPER, now=timezone.now())
    assert "The system opened" not in page(client, auditor, "audit")
    assert "The system opened" in page(client, auditor, "audit", service="too")
    assert "The referrer submitted" in page(client, auditor, "audit"), "who is a person"


def test_a_page_holds_fifty_and_the_next_ones_follow_without_a_gap(auditor, officer, referral):
    for _ in range(7):
        opened(referral, by=officer)
    entries = entries_for(auditor).filter(actor=officer.pk)
    first = page_of(entries, {}, size=3)
    second = page_of(entries, {"older_than": first.older}, size=3)
    third = page_of(entries, {"older_than": second.older}, size=3)
    told = [entry.pk for each in (first, second, third) for entry in each.rows]
    assert told == sorted(entries.values_list("pk", flat=True), reverse=True)
    assert (first.newer, third.older) == ("", "")
    assert page_of(entries, {"newer_than": third.newer}, size=3).rows == second.rows
    assert page_of(entries, {"newer_than": first.rows[0].pk.__str__()}, size=3).rows == first.rows
    assert page_of(entries, {"older_than": "nonsense"}, size=3).rows == first.rows


@pytest.mark.parametrize("name", ["audit", "audit-referral", "audit-user", "audit-refused"])
def test_a_page_costs_the_same_with_one_entry_and_with_twenty(client, auditor, officer, council, referral, name):
    args = {"audit-referral": [referral.pk], "audit-user": [officer.pk]}.get(name, [])
    address = reverse(f"desk:{name}", args=args)

    def happens(by):
        opened(referral, by=by)
        opened(submitted(), by=by)
        client.force_login(by)
        client.get("/casework/quarantine/")

    happens(officer)
    client.force_login(auditor)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for each in range(19):
        happens(officer_of(council, name=f"Wren the {each}"))
        happens(officer)
    client.force_login(auditor)
    client.get(address)
    with CaptureQueriesContext(connection) as twenty:
        client.get(address)
    assert len(one) == len(twenty) <= 30


def test_a_referral_is_found_by_its_reference_and_stands_in_no_address(client, auditor, referral):
    client.force_login(auditor)
    answer = client.post(reverse("desk:audit-find"), {"reference": referral.reference.lower()})
    assert answer["Location"] == reverse("desk:audit-referral", args=[referral.pk])
    for reference in ("2222-2225", ""):
        text = client.post(reverse("desk:audit-find"), {"reference": reference}).content.decode()
        assert "error-summary" in text


def test_a_colleague_is_found_by_name(client, auditor, stranger, officer, council):
    client.force_login(auditor)
    answer = client.post(reverse("desk:audit-find"), {"name": "achter"})
    assert answer["Location"] == reverse("desk:audit-user", args=[officer.pk])
    other = officer_of(council, name="Wren Achterberg")
    text = client.post(reverse("desk:audit-find"), {"name": "achter"}).content.decode()
    assert officer.name in text and other.name in text and "Whom do you mean" in text
    assert "error-summary" in client.post(reverse("desk:audit-find"), {"name": stranger.name}).content.decode()
    assert "error-summary" in client.post(reverse("desk:audit-find"), {"name": auditor.name}).content.decode()


def test_whoever_reads_a_record_opened_by_name_is_led_to_who_looked_at_it(client, national, officer, dispatch):
    acknowledge_dispatch(dispatch_id=dispatch.pk, by=officer, now=timezone.now())
    shared(dispatch, national, by=supervisor(BARNSLEY), kind=AccessKind.REVIEW)
    client.force_login(national)
    address = reverse("desk:audit-referral", args=[dispatch.referral_id])
    assert address in client.get(dispatch.get_absolute_url()).content.decode()
    client.force_login(officer)
    assert address not in client.get(dispatch.get_absolute_url()).content.decode()
    assert dispatch_to_authority(dispatch.referral) == dispatch
