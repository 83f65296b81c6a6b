"""Reads are scoped to their reader, and cost the same however many rows there are."""

from itertools import product
from uuid import uuid4

import pytest
from django.utils import timezone

from agencies.models import Agency, Membership
from agencies.roles import RoleName
from audit.agents import Agent
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.models import Dispatch, Referral
from referrals.selectors import InboxFilters, dispatches, dispatches_of, inbox, readable_referral
from tests.audit.acts import within
from tests.making import PUBLIC, TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, reread, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


def found(reader, **filters):
    return {dispatch.referral.reference for dispatch in inbox(reader, filters=InboxFilters(**filters))}


def test_each_reader_sees_what_was_sent_to_their_agencies_only(officer):
    barnsley, bradford = submitted(), submitted({**TEACHER, "postcode": "BD1 1HX"})
    other = officer_of(dispatch_to_authority(bradford).agency)
    police = officer_of(dispatch_to_police(barnsley).agency)
    assert found(officer) == {barnsley.reference}
    assert found(other) == {bradford.reference}
    assert found(police) == {barnsley.reference, bradford.reference}
    assert found(officer_of(Agency.objects.get(code="system"))) == set()


def test_what_nobody_could_route_goes_to_the_national_desks_only(officer):
    referral = submitted(PUBLIC)
    desks = {dispatch.agency.code for dispatch in dispatches(referral)}
    assert desks == {"national-police-desk", "national-authority-desk"}
    assert found(officer) == set()
    assert found(officer_of(Agency.objects.get(code="national-police-desk")), flags=("flagged",)) == {
        referral.reference
    }


def test_a_role_in_one_agency_reads_nothing_of_another_where_the_role_reads_nothing(officer):
    barnsley, bradford = submitted(), submitted({**TEACHER, "postcode": "BD1 1HX"})
    membership = Membership(
        user=officer,
        agency=dispatch_to_authority(bradford).agency,
        role=RoleName.SYSTEM_ADMINISTRATOR,
        starts_on=timezone.localdate(),
    )
    within(do=membership.save, by=Agent.OPERATOR, now=NOW)
    reader = reread(officer)
    assert len(reader.agencies) == 2
    assert found(reader) == {barnsley.reference}
    with pytest.raises(Referral.DoesNotExist):
        readable_referral(reader, bradford.pk)


def test_who_has_left_the_agency_sees_nothing_more(officer):
    submitted()
    membership = officer.current_memberships[0]
    within(do=lambda: membership.changed(ends_on=membership.starts_on), by=Agent.OPERATOR, now=NOW)
    assert found(reread(officer)) == set()


def test_every_combination_of_filters_gives_what_it_says(officer):
    danger = submitted({**TEACHER, "danger": "yes"})
    mine, plain = submitted(), submitted()
    for referral in (danger, mine):
        acknowledge_dispatch(dispatch_id=dispatch_to_authority(referral).pk, by=officer, now=NOW)
    assign_dispatch(dispatch_id=dispatch_to_authority(mine).pk, to_id=officer.pk, by=officer, now=NOW)
    facts = {
        danger.reference: {"acknowledged", "nobody", "immediate"},
        mine.reference: {"acknowledged", "me"},
        plain.reference: {"sent", "nobody"},
    }
    for state, assigned, flags in product(
        ("", "sent", "acknowledged", "nonsense"), ("", "me", "nobody", "nonsense"), ((), ("immediate",), ("flagged",))
    ):
        wanted = ({state, assigned} - {"", "nonsense"}) | set(flags)
        expected = {reference for reference, fact in facts.items() if wanted <= fact}
        assert found(officer, state=state, assigned=assigned, flags=flags) == expected, (state, assigned, flags)
    assert found(officer, reference=plain.reference) == {plain.reference}


def test_a_strangers_referral_and_an_absent_one_are_answered_alike_by_the_same_statement(officer):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    theirs = submitted({**TEACHER, "postcode": "BD1 1HX"})
    assert officer.agencies
    statements = []
    for pk in (theirs.pk, uuid4()):
        with CaptureQueriesContext(connection) as asked, pytest.raises(Referral.DoesNotExist) as caught:
            readable_referral(officer, pk)
        statements.append([query["sql"].replace(pk.hex, "").replace(str(pk), "") for query in asked.captured_queries])
        assert str(pk) not in str(caught.value)
    assert statements[0] == statements[1]
    assert len(statements[0]) == 1


def test_a_referral_is_read_with_person_and_referrer_in_one_query(officer, django_assert_num_queries):
    referral = submitted()
    assert officer.agencies
    with django_assert_num_queries(1):
        read = readable_referral(officer, referral.pk)
        assert read.person.given_names == "Tomasz"
        assert read.referrer.kind == "work"


def test_the_police_stand_first_among_the_receivers(django_assert_num_queries):
    referral = submitted()
    with django_assert_num_queries(1):
        police, authority = dispatches(referral)
        assert (police.agency.is_police, authority.agency.is_police) == (True, False)


def test_the_inbox_costs_one_query_however_many_rows(officer, django_assert_num_queries):
    assert officer.agencies
    for count in (1, 5):
        for _ in range(count):
            submitted()
        with django_assert_num_queries(1):
            for dispatch in inbox(officer, filters=InboxFilters()):
                assert dispatch.referral.person.name
                assert dispatch.agency.name
                assert dispatch.assigned_to is None
    assert dispatches_of(officer).count() == 6


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        ({}, "dispatch_inbox"),
        ({"state": "sent"}, "dispatch_inbox_state"),
        ({"assigned": "me"}, "dispatch_assigned"),
        ({"assigned": "nobody"}, "dispatch_nobodys"),
        ({"flags": ("immediate",)}, "dispatch_immediate"),
        ({"flags": ("flagged",)}, "dispatch_flagged"),
    ],
)
def test_the_newest_of_each_filter_are_read_from_an_index_in_order(officer, filters, index):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
    plan = inbox(officer, filters=InboxFilters(**filters)).order_by("-sent_at", "-id")[:51].explain()
    assert index in {each.name for each in Dispatch._meta.indexes}
    # Of a table this small the planner may find the whole inbox's index as cheap as the filter's own.
    assert f"using {index} on" in plan or "using dispatch_inbox on" in plan
    # Names that are kept from the reader may be sorted to be joined: they are few. The inbox may not.
    assert "Sort Key: referrals_dispatch" not in plan
