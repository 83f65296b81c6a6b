"""Deciding about a match: who may, what it joins, and that it can be undone."""

from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.context import recording
from audit.models import DataKey, Entry
from audit.refusals import Forbidden, NotNow
from people.actions.decide_match import decide_match
from people.actions.undo_match import undo_match
from people.linking import joined_with
from people.models import Match, MatchDecision, Person
from people.records import records_known_to, records_of
from people.states import MATCH, MatchState
from tests.at_once import at_once
from tests.audit.acts import entries_of
from tests.making import officer_of
from tests.people.pairs import AXEL, IN_CARDIFF, MISSPELT, found, match_of, officer_at, pair, record_ids
from tests.referrals.at_the_desk import allegations_officer

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
WHY = "The same mother, the same telephone."
SAID = [state for state in MatchState if state != MatchState.WAITING]


def say(match, said, *, by, reason=WHY):
    return decide_match(match_id=match.pk, said=said, reason=reason, by=by, now=NOW)


def undo(match, *, by, reason="Two boys of one name."):
    return undo_match(match_id=match.pk, reason=reason, by=by, now=NOW)


def trio():
    """Three referrals of whom each may be the others, and the matches of first and second, second and third."""
    third = {**AXEL, "family_name": "Rudderam"}
    referrals = [found(AXEL), found(MISSPELT), found(third)]
    return referrals, match_of(*referrals[:2]), match_of(*referrals[1:]), match_of(referrals[0], referrals[2])


@ON_RECORD
@pytest.mark.parametrize("before", MatchState)
@pytest.mark.parametrize("said", SAID)
def test_an_officer_says_what_the_table_allows_and_what_was_said_is_kept(before, said):
    earlier, later = pair()
    match, officer = match_of(earlier, later), officer_at(later)
    if before != MatchState.WAITING:
        say(match, before, by=officer)
    if said in MATCH.stages[before].to:
        assert say(match, said, by=officer).state == said
        last = MatchDecision.objects.latest("decided_at", "pk")
        assert MatchDecision.objects.count() == (1 if before == MatchState.WAITING else 2)
        assert (last.decided_by, last.decided_at) == (officer, NOW)
        assert {each.reason for each in MatchDecision.objects.all()} == {WHY}
    else:
        with pytest.raises(NotNow):
            say(match, said, by=officer)
    joined = MatchState.CONFIRMED in {said, before} and (said == MatchState.CONFIRMED or before == said)
    expected = joined or before == MatchState.CONFIRMED
    assert (record_ids(earlier)[0] is not None) is expected


@ON_RECORD
@pytest.mark.parametrize("said", SAID)
def test_nothing_is_said_without_a_reason(said):
    match = match_of(*pair())
    with pytest.raises(NotNow, match="reason"):
        say(match, said, by=officer_at(pair()[0]), reason=" ")
    assert not MatchDecision.objects.exists()


@ON_RECORD
def test_the_ledger_says_who_decided_and_never_why_in_the_open():
    match = match_of(*pair())
    officer = officer_at(pair()[0])
    say(match, MatchState.CONFIRMED, by=officer)
    entry = entries_of(match.pk)[-1]
    assert (entry.kind, entry.verb, entry.actor) == (Entry.Kind.CHANGED, "decide_match", officer.pk)
    decided = MatchDecision.objects.get()
    stored = bytes(MatchDecision.objects.values_list("reason", flat=True).get())
    assert decided.reason == WHY
    assert WHY.encode() not in stored
    assert decided.person_id == match.one_id


@ON_RECORD
def test_officers_of_both_agencies_decide_and_nobody_of_another_area():
    earlier, later = pair()
    match = match_of(earlier, later)
    with pytest.raises(Forbidden):
        say(match, MatchState.CONFIRMED, by=officer_of(Agency.objects.get(code="W06000015")))
    say(match, MatchState.LEFT_OPEN, by=officer_at(later))
    say(match, MatchState.CONFIRMED, by=officer_at(earlier, police=True))
    assert record_ids(earlier, later) == [min(earlier.person_id, later.person_id)] * 2


@ON_RECORD
def test_of_whom_one_has_seen_nothing_one_can_say_nothing():
    earlier, later = pair(earlier={**AXEL, **IN_CARDIFF})
    match, officer = match_of(earlier, later), officer_at(later)
    for said in SAID:
        with pytest.raises(Forbidden):
            say(match, said, by=officer)


@ON_RECORD
def test_who_reads_both_and_works_neither_decides_nothing():
    colleague = {"work_and_family": ["police"]}
    match = match_of(*pair(earlier={**AXEL, **colleague}, later=colleague))
    with pytest.raises(Forbidden):
        say(match, MatchState.LEFT_OPEN, by=allegations_officer())


@ON_RECORD
def test_a_record_is_whom_confirmed_matches_join_and_undoing_one_parts_it():
    referrals, first, second, _third = trio()
    officer = officer_at(referrals[0])
    say(first, MatchState.CONFIRMED, by=officer)
    say(second, MatchState.CONFIRMED, by=officer)
    everybody = {each.person_id for each in referrals}
    assert set(record_ids(*referrals)) == {min(everybody)}
    person = Person.objects.get(pk=referrals[2].person_id)
    assert records_known_to(officer, [person])[person.pk] == everybody == joined_with([person.pk])
    undo(first, by=officer)
    assert record_ids(referrals[0]) == [None]
    assert set(record_ids(*referrals[1:])) == {min(each.person_id for each in referrals[1:])}
    persons = Person.objects.filter(pk__in=everybody)
    assert {len(members) for members in records_of(persons).values()} == {1, 2}
    undo(second, by=officer)
    assert record_ids(*referrals) == [None] * 3


@ON_RECORD
def test_two_who_were_said_to_be_different_do_not_come_on_one_record_by_a_third():
    referrals, first, second, third = trio()
    officer = officer_at(referrals[0])
    say(third, MatchState.REJECTED, by=officer)
    say(first, MatchState.CONFIRMED, by=officer)
    with pytest.raises(NotNow, match="different people"):
        say(second, MatchState.CONFIRMED, by=officer)
    assert record_ids(referrals[2]) == [None]
    say(third, MatchState.LEFT_OPEN, by=officer)
    say(second, MatchState.CONFIRMED, by=officer)
    assert len(set(record_ids(*referrals))) == 1


@ON_RECORD
def test_two_whom_others_join_are_not_said_to_be_different():
    referrals, first, second, third = trio()
    officer = officer_at(referrals[0])
    say(first, MatchState.CONFIRMED, by=officer)
    say(second, MatchState.CONFIRMED, by=officer)
    with pytest.raises(NotNow, match="other matches"):
        say(third, MatchState.REJECTED, by=officer)


@ON_RECORD
def test_what_somebody_said_meanwhile_is_not_overruled_unread():
    match, officer = match_of(*pair()), officer_at(pair()[0])
    say(match, MatchState.REJECTED, by=officer)
    late: dict[str, Any] = {
        "match_id": match.pk,
        "said": MatchState.CONFIRMED,
        "reason": WHY,
        "by": officer,
        "now": NOW,
    }
    with pytest.raises(NotNow, match="meanwhile"):
        decide_match(**late, seen_as=MatchState.WAITING)
    assert decide_match(**late, seen_as=MatchState.REJECTED).state == MatchState.CONFIRMED


@ON_RECORD
def test_undoing_asks_for_a_reason_and_for_a_confirmation():
    match = match_of(*pair())
    officer = officer_at(pair()[0])
    with pytest.raises(NotNow):
        undo(match, by=officer)
    say(match, MatchState.CONFIRMED, by=officer)
    with pytest.raises(NotNow, match="reason"):
        undo(match, by=officer, reason=" ")
    assert undo(match, by=officer).state == MatchState.WAITING
    assert [each.said for each in MatchDecision.objects.order_by("-said")] == ["waiting", "confirmed"]


@ON_RECORD
def test_keys_stay_per_person_whatever_is_joined():
    referrals, first, second, _third = trio()
    keys = set(DataKey.objects.values_list("pk", "subject"))
    officer = officer_at(referrals[0])
    say(first, MatchState.CONFIRMED, by=officer)
    say(second, MatchState.CONFIRMED, by=officer)
    undo(first, by=officer)
    assert set(DataKey.objects.values_list("pk", "subject")) == keys
    for each in referrals:
        assert each.__class__.objects.get(pk=each.pk).answers["concern"]


def consistent():
    """Whether every person is on the record that the confirmed matches say, and no other."""
    for person in Person.objects.all():
        joined = joined_with([person.pk])
        if person.record_id != (min(joined) if len(joined) > 1 else None):
            return False
    return True


def test_confirmed_and_undone_by_sixteen_at_once_one_consistent_record_is_left(own_database):
    with recording(by=Agent.OPERATOR):
        referrals, *matches = trio()
        officers = [officer_at(referrals[0]) for _ in range(16)]

    def run(officer, number):
        match = matches[number % 3]
        with recording(by=officer):
            for turn in range(4):
                try:
                    if (number + turn) % 2:
                        say(match, MatchState.CONFIRMED, by=officer)
                    else:
                        undo(match, by=officer)
                except NotNow:
                    pass
        return "done"

    results = at_once(*(partial(run, officer, number) for number, officer in enumerate(officers)))
    assert results == ["done"] * 16
    assert consistent()
    confirmed = Match.objects.filter(state=MatchState.CONFIRMED).count()
    on_record = Person.objects.exclude(record_id=None).count()
    assert on_record == {0: 0, 1: 2, 2: 3, 3: 3}[confirmed]
    last = {match.pk: match.decisions.latest("decided_at", "pk") for match in Match.objects.all()}
    assert len(last) == 3
