"""One concern sent twice: two referrals that count as one, shown to whoever has both, until it is undone."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from agencies.models import Agency, Notice, NoticeKind
from audit.agents import Agent
from audit.context import recording
from audit.events import Event
from audit.ledger import read_payload
from audit.models import Entry, EventRecord
from audit.operations import Operation, kinds_of
from audit.refusals import Forbidden, NotNow
from referrals.actions.join_referrals import join_referrals
from referrals.actions.undo_join import undo_join
from referrals.beside import beside, concerns, count_concerns
from referrals.models import Join, JoinKind
from tests.at_once import at_once
from tests.audit.acts import entries_of
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted, with_mailboxes

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
WHY = "The teacher pressed Send on two machines."


def pair(**second):
    earlier = submitted(now=NOW - timedelta(days=2))
    return dispatch_to_authority(earlier), dispatch_to_authority(submitted({**TEACHER, **second}))


def join(one, other, *, by, reason=WHY, kind=JoinKind.DUPLICATE):
    return join_referrals(dispatch_id=one.pk, other_id=other.pk, kind=kind, reason=reason, by=by, now=NOW)


@ON_RECORD
def test_the_ledger_of_both_persons_says_that_they_were_combined_and_that_it_was_undone():
    first, second = pair()
    lead = officer_of(first.agency)
    made = join(first, second, by=lead, kind=JoinKind.SAME_CONCERN)
    combined = Entry.objects.filter(kind__in=kinds_of(Operation.COMBINATION))
    assert {(each.object_id, each.subject, each.actor, each.verb) for each in combined} == {
        (dispatch.referral_id, dispatch.referral.person_id, lead.pk, "join_referrals") for dispatch in (first, second)
    }
    for entry in combined:
        assert read_payload(entry) == {
            "join": str(made.pk),
            "referrals": [str(first.referral_id), str(second.referral_id)],
            "why": "same_concern",
        }
    undo_join(join_id=made.pk, reason="Two machines, two pupils.", by=lead, now=NOW)
    entry = entries_of(made.pk)[-1]
    assert (entry.kind, entry.actor, entry.verb) == (Entry.Kind.CHANGED, lead.pk, "undo_join")
    assert {"undone_at", "undone_by", "undone_reason"} <= set(read_payload(entry)["changes"])
    assert combined.count() == 2


@ON_RECORD
@pytest.mark.parametrize("turned", [False, True])
def test_joined_they_count_as_one_and_show_it_on_both(turned):
    first, second = pair()
    lead = officer_of(first.agency)
    both = [first.referral_id, second.referral_id]
    assert count_concerns(both) == 2
    made = join(*((second, first) if turned else (first, second)), by=lead)
    assert (made.earlier_id, made.later_id) == tuple(both)
    assert count_concerns(both) == 1
    assert [each.other for each in beside(lead, first.referral).joined] == [second.referral]
    assert [each.other for each in beside(lead, second.referral).joined] == [first.referral]
    event = EventRecord.objects.get(kind=Event.REFERRALS_JOINED)
    assert event.ids == {"earlier": str(first.referral_id), "later": str(second.referral_id)}
    assert Join.objects.get().reason == WHY


@ON_RECORD
def test_a_chain_of_joins_is_one_concern_also_through_a_referral_that_is_not_counted():
    first, second = pair()
    third, alone = (dispatch_to_authority(submitted()) for _ in range(2))
    lead = officer_of(first.agency)
    join(first, second, by=lead)
    join(second, third, by=lead, kind=JoinKind.SAME_CONCERN)
    asked = [first.referral_id, third.referral_id, alone.referral_id]
    assert count_concerns(asked) == 2
    found = concerns(asked)
    assert found[asked[0]] == found[asked[1]] != found[asked[2]] == asked[2]
    assert count_concerns([]) == 0


@ON_RECORD
def test_undone_with_a_reason_each_counts_again_and_it_can_be_joined_anew(django_assert_num_queries):
    first, second = pair()
    lead = officer_of(first.agency)
    made = join(first, second, by=lead)
    with pytest.raises(NotNow, match="joined already"):
        join(second, first, by=lead)
    with pytest.raises(NotNow, match="reason"):
        undo_join(join_id=made.pk, reason="", by=lead, now=NOW)
    undo_join(join_id=made.pk, reason="Two brothers.", by=lead, now=NOW)
    assert Join.objects.get().undone_reason == "Two brothers."
    assert count_concerns([first.referral_id, second.referral_id]) == 2
    assert beside(lead, first.referral).joined == []
    with pytest.raises(NotNow, match="undone this already"):
        undo_join(join_id=made.pk, reason="x", by=lead, now=NOW)
    join(first, second, by=lead)
    with django_assert_num_queries(1):
        assert count_concerns([first.referral_id, second.referral_id]) == 1


@ON_RECORD
def test_who_has_only_one_of_them_hears_and_sees_nothing_of_the_other():
    first, second = pair(postcode="BD1 1HX")
    police = officer_of(dispatch_to_police(first.referral).agency)
    barnsley, bradford = officer_of(first.agency), officer_of(second.agency)
    for agency in (first.agency, second.agency, police.agencies[0]):
        with_mailboxes(agency)
    for stranger in (barnsley, bradford, officer_of(Agency.objects.get(code="system"))):
        with pytest.raises(Forbidden):
            join(first, second, by=stranger)
    made = join(dispatch_to_police(first.referral), dispatch_to_police(second.referral), by=police)
    assert beside(barnsley, first.referral).joins == []
    assert beside(bradford, second.referral).joins == []
    assert len(beside(police, first.referral).joins) == 1
    for stranger in (barnsley, bradford):
        with pytest.raises(Forbidden):
            undo_join(join_id=made.pk, reason="x", by=stranger, now=NOW)
    undo_join(join_id=made.pk, reason="x", by=police, now=NOW)
    told = Notice.objects.filter(kind__in=[NoticeKind.REFERRALS_JOINED, NoticeKind.JOIN_UNDONE])
    assert [notice.agency for notice in told] == [police.agencies[0]] * 2


@ON_RECORD
def test_what_cannot_be_joined():
    first, second = pair()
    lead = officer_of(first.agency)
    with pytest.raises(NotNow, match="same referral"):
        join(first, first, by=lead)
    with pytest.raises(NotNow, match="reason"):
        join(first, second, by=lead, reason=" ")
    with pytest.raises(Join.DoesNotExist):
        undo_join(join_id=uuid4(), reason="x", by=lead, now=NOW)
    made = join(first, second, by=lead)
    for lie in ("later_id = earlier_id", "undone_at = now()", "reason = substr(reason, 1, 28)"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE referrals_join SET {lie} WHERE id = %s", [made.pk])


def test_joined_from_both_sides_at_once_they_are_joined_once(own_database):
    with recording(by=Agent.OPERATOR):
        first, second = pair()
        officers = [officer_of(first.agency) for _ in range(8)]

    def run(officer, one, other):
        with recording(by=officer):
            return join(one, other, by=officer)

    turns = [(first, second), (second, first)] * 4
    results = at_once(*(partial(run, officer, *turn) for officer, turn in zip(officers, turns, strict=True)))
    assert sorted(type(result).__name__ for result in results) == ["Join"] + ["NotNow"] * 7, results
    assert Join.objects.count() == 1
