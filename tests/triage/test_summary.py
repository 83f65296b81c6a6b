"""What the pages of a referral say of its deconfliction, to each reader."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.roles import RoleName
from audit.agents import Agent
from desk.paper import paper_of
from desk.shown import shown_to
from people.actions.decide_match import decide_match
from people.clearance import Cleared, is_cleared
from people.states import MatchState
from referrals.cleared import cleared_referrals
from tests.making import TEACHER, cleared, dispatch_to_police, make_user, submitted
from tests.people.pairs import AXEL, MISSPELT, found, match_of, officer_at
from tests.triage.deconflicting import WHAT_TO_DO, answered, opened
from triage.models import Cause, Outcome
from triage.summary import summary_of

HELD = (Outcome.HOLD, Outcome.REFER)


def rows_for(reader: User, referral):
    mine = [each for each in referral.dispatches.select_related("agency") if each.agency in reader.agencies]
    return summary_of(reader, referral, mine).rows


def page(client, reader, referral):
    client.force_login(reader)
    return client.get(reverse("desk:referral", args=[referral.pk])).content.decode()


@pytest.mark.parametrize("outcome", Outcome)
def test_police_and_authority_read_what_to_do_and_the_police_which_answer_it_was(
    client, referral, officer, lead, outcome
):
    answered(opened(referral), outcome)
    for reader in (officer, lead):
        text = page(client, reader, referral)
        assert WHAT_TO_DO in text
        told = {each for each in Outcome if f"{each.label}." in text}
        assert told == ({outcome} if reader is officer else set())
        assert ("Do not contact the person" in text) is (outcome in HELD)
        assert ("Not cleared" in text) is (outcome in HELD)
        assert ("The referral came in." in text) is (reader is officer), "the cause is for the police"
        assert ("Holds through" in text) is (reader is officer)


def test_to_hold_and_to_refer_look_the_same_to_everybody_but_the_police(referral, officer, lead, analyst):
    seen: dict[User, list[object]] = {}
    for outcome in HELD:
        other = submitted()
        answered(opened(other), outcome, now=timezone.now().replace(microsecond=0))
        for reader in (officer, lead, analyst):
            (row,) = rows_for(reader, other)
            seen.setdefault(reader, []).append((row.instruction, row.cause, row.review_on, row.outcome))
    assert len(set(seen[lead])) == 1
    assert len(set(seen[officer])) == len(set(seen[analyst])) == 2


def test_while_it_waits_the_authority_reads_that_it_does_and_no_instruction_of_before(referral, officer, lead):
    answered(opened(referral), Outcome.HOLD)
    opened(referral, cause=Cause.NEW_INFORMATION)
    opened(referral, cause=Cause.BEFORE_EXIT)
    (row,) = rows_for(lead, referral)
    assert row.waits and not (row.instruction or row.cause or row.review_on or row.answered)
    assert [each.cause for each in rows_for(officer, referral)] == [
        "Before an exit", "New information", "The referral came in"
    ]  # fmt: skip


def test_nobody_else_is_told_anything_but_whether_it_is_cleared(referral):
    answered(opened(referral))
    stranger = make_user(agency=None, role=RoleName.CTP_OFFICER, name="Ivo Penn", by=Agent.OPERATOR, now=timezone.now())
    summary = summary_of(stranger, referral, [])
    assert summary.cleared and not summary.rows


@pytest.mark.usefixtures("db", "on_record")
def test_a_hold_on_one_of_a_record_shows_on_all_of_it_and_not_on_whom(client):
    one, other = found(AXEL), found(MISSPELT)
    answered(opened(one))
    officer = officer_at(one, police=True)
    assert "Not cleared" not in page(client, officer, one)
    decide_match(
        match_id=match_of(one, other).pk, said=MatchState.CONFIRMED, reason="One boy.", by=officer, now=timezone.now()
    )
    assert not is_cleared(one.person_id)
    assert "Not cleared" in page(client, officer, one)


def test_lists_and_the_persons_page_and_paper_say_what_is_cleared(client, referral, lead):
    cleared(referral)
    held = submitted({**TEACHER, "given_names": "Corvin", "family_name": "Abbotsleigh"})
    assert cleared_referrals([referral.pk, held.pk]) == {referral.pk: Cleared.YES}
    client.force_login(lead)
    for address in (reverse("desk:home"), reverse("referrals:inbox")):
        text = client.get(address).content.decode()
        assert text.count("govuk-tag--green") == 1 and "Not cleared" in text
    for each, words in ((referral, "Cleared"), (held, "Not cleared")):
        text = client.get(reverse("desk:person", args=[each.person_id])).content.decode()
        assert words in text
        assert ("Not cleared" in text) is (each is held)
        shown = shown_to(lead, each, now=timezone.now())
        paper = paper_of(shown, reader=lead, now=timezone.now())
        assert any(line.startswith(words) for line in paper.introduction)


def test_paper_carries_the_instruction(referral, officer):
    answered(opened(referral), Outcome.CONDITIONS)
    shown = shown_to(officer, referral, now=timezone.now())
    assert paper_of(shown, reader=officer, now=timezone.now()).introduction[-1] == WHAT_TO_DO
    assert dispatch_to_police(referral)


def test_an_analyst_for_whom_nothing_waits_is_told_so(client, analyst):
    client.force_login(analyst)
    assert "Nothing waits for an answer." in client.get(reverse("desk:home")).content.decode()


def test_where_there_are_conditions_pages_lists_and_paper_say_so_for_all_on_the_record(client, referral, lead, officer):
    answered(opened(referral), Outcome.CONDITIONS)
    for reader in (lead, officer):
        text = page(client, reader, referral)
        assert "Cleared with conditions" in text and WHAT_TO_DO in text
        for address in (
            reverse("desk:home"),
            reverse("referrals:inbox"),
            reverse("desk:person", args=[referral.person_id]),
        ):
            text = client.get(address).content.decode()
            assert "Cleared with conditions" in text and "Not cleared" not in text
        paper = paper_of(shown_to(reader, referral, now=timezone.now()), reader=reader, now=timezone.now())
        assert any(line.startswith("Cleared with conditions") for line in paper.introduction)
