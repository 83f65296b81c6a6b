"""A person held elsewhere: one area asks, the other accepts or declines, and either takes it back."""

import pytest
from django.utils import timezone

from agencies.models import Agency
from audit.models import Entry
from audit.operations import Operation, kinds_of
from audit.refusals import Forbidden, NotNow
from people.actions.answer_match_asking import answer_match_asking
from people.actions.ask_about_match import ask_about_match
from people.actions.decide_match import decide_match
from people.actions.undo_match import undo_match
from people.actions.withdraw_match_asking import withdraw_match_asking
from people.models import MatchAsking
from people.permissions import allowed_answers
from people.sights import Sight, seen_of
from people.states import ASKING, AskingState, MatchState
from tests.making import officer_of
from tests.people.pairs import AXEL, IN_CARDIFF, match_of, officer_at, pair, record_ids

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
WHY = "It is another family."


class Asked:
    """Cardiff has the earlier referral, Barnsley the later one and asks."""

    def __init__(self):
        self.earlier, self.later = pair(earlier={**AXEL, **IN_CARDIFF})
        self.match = match_of(self.earlier, self.later)
        self.barnsley, self.cardiff = officer_at(self.later), officer_at(self.earlier)
        self.asking = ask_about_match(match_id=self.match.pk, by=self.barnsley, now=NOW)

    def answer(self, *, accept, by=None, reason=WHY):
        by = by or self.cardiff
        return answer_match_asking(asking_id=self.asking.pk, accept=accept, reason=reason, by=by, now=NOW)

    def withdraw(self, *, by, reason=WHY):
        return withdraw_match_asking(asking_id=self.asking.pk, reason=reason, by=by, now=NOW)

    def sight(self):
        return seen_of(self.barnsley, self.later.person_id)[0].sight

    def brought_to(self, state):
        if state in {AskingState.ACCEPTED, AskingState.DECLINED}:
            self.answer(accept=state == AskingState.ACCEPTED)
        if state == AskingState.WITHDRAWN:
            self.withdraw(by=self.barnsley)
        self.asking = MatchAsking.objects.select_related("match").get()
        return self


@pytest.fixture
def asked():
    return Asked()


def test_until_it_is_accepted_a_record_held_elsewhere_is_a_preview_and_then_what_is_compared(asked):
    seen = seen_of(asked.barnsley, asked.later.person_id)[0]
    assert (seen.sight, seen.compares) == (Sight.PREVIEW, False)
    assert {agency.name for agency in seen.holders} == {"City of Cardiff Council", "CTP Wales"}
    asked.answer(accept=True)
    seen = seen_of(asked.barnsley, asked.later.person_id)[0]
    assert (seen.sight, seen.reads_other) == (Sight.OPENED, False)
    assert MatchState.CONFIRMED in seen.may_say


def test_that_more_was_shown_is_on_the_ledger_of_the_person_with_to_whom(asked):
    asked.answer(accept=True)
    told = Entry.objects.filter(kind__in=kinds_of(Operation.DISCLOSURE), object_type="people.person")
    entry = told.get()
    assert (entry.subject, entry.object_id, entry.actor) == (
        asked.earlier.person_id,
        asked.earlier.person_id,
        asked.cardiff.pk,
    )


def test_both_sides_see_the_state(asked):
    asked.answer(accept=True)
    theirs = seen_of(asked.cardiff, asked.earlier.person_id)[0]
    ours = seen_of(asked.barnsley, asked.later.person_id)[0]
    assert [row.state for row in (theirs.asked_of_us[0], ours.asking) if row] == [AskingState.ACCEPTED] * 2


@pytest.mark.parametrize("side", ["barnsley", "cardiff"])
def test_either_side_takes_it_back_and_the_preview_is_what_is_left(asked, side):
    asked.answer(accept=True)
    decide_match(match_id=asked.match.pk, said=MatchState.CONFIRMED, reason=WHY, by=asked.barnsley, now=NOW)
    asked.withdraw(by=getattr(asked, side))
    assert asked.sight() == Sight.PREVIEW
    asked.match.refresh_from_db()
    assert asked.match.state == MatchState.CONFIRMED, "what was decided meanwhile stands"
    other = {"barnsley": asked.cardiff, "cardiff": asked.barnsley}[side]
    undo_match(match_id=asked.match.pk, reason=WHY, by=other, now=NOW)
    assert record_ids(asked.earlier, asked.later) == [None, None], "either side parts what it sees no more"


def test_whoever_is_asked_declines_with_a_reason_that_the_other_side_reads(asked):
    with pytest.raises(NotNow, match="reason"):
        asked.answer(accept=False, reason=" ")
    with pytest.raises(Forbidden):
        asked.withdraw(by=asked.cardiff)
    asked.answer(accept=False)
    assert asked.sight() == Sight.PREVIEW
    assert seen_of(asked.barnsley, asked.later.person_id)[0].askings[0].reason == WHY


def test_after_it_was_declined_or_withdrawn_one_may_ask_again_and_not_before(asked):
    with pytest.raises(NotNow, match="already"):
        ask_about_match(match_id=asked.match.pk, by=officer_at(asked.later), now=NOW)
    asked.answer(accept=False)
    again = ask_about_match(match_id=asked.match.pk, by=asked.barnsley, now=NOW)
    assert again.pk != asked.asking.pk


def test_who_sees_both_has_nothing_to_ask():
    earlier, later = pair()
    with pytest.raises(NotNow, match="both"):
        ask_about_match(match_id=match_of(earlier, later).pk, by=officer_at(later), now=NOW)


def test_nobody_of_a_third_area_asks_answers_or_withdraws(asked):
    stranger = officer_of(Agency.objects.get(code="E08000039"))
    for attempt in (
        lambda: ask_about_match(match_id=asked.match.pk, by=stranger, now=NOW),
        lambda: asked.answer(accept=True, by=stranger),
        lambda: asked.withdraw(by=stranger),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_who_asks_does_not_answer_themselves(asked):
    with pytest.raises(Forbidden):
        asked.answer(accept=True, by=asked.barnsley)


@pytest.mark.parametrize("state", AskingState)
def test_what_a_page_offers_is_what_the_actions_take(asked, state):
    asked.brought_to(state)
    moves = ASKING.stages[state].to
    offered = {name: allowed_answers(getattr(asked, name), asked.asking) for name in ("barnsley", "cardiff")}
    assert offered["barnsley"] == moves & {AskingState.WITHDRAWN}
    theirs = {AskingState.ACCEPTED, AskingState.DECLINED}
    assert offered["cardiff"] == moves & (
        theirs | ({AskingState.WITHDRAWN} if state == AskingState.ACCEPTED else set())
    )
