"""Nobody contacts anybody before the police have cleared it: every action that tells of something is listed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rooms import called, calls, sources

# What lets something out: mail, what the ledger names a recipient of, and what may go ahead when it is urgent.
LETS_OUT = {
    "disclosed_to", "proceed_urgently", "queue_deliveries", "send_notice", "tell_about_request", "tell_agencies",
    "tell_of_task",
}  # fmt: skip
# They refuse until contact is cleared.
REFUSING = {"ask_for_information", "authorise_contact"}
# They do not, because ...
OWN_WORK = "it tells agencies that have the referral, or are to have it, of their own work; they ask nobody else"
TO_REFERRER = "it answers whoever sent something, the same whatever the police have said: a silence would tell of it"
ANSWERS = "it says what an agency was asked for, or ends what was asked: nobody new learns of the person"
A_PART = "it is a part of others, which have asked"
NAMED = "it opens the record to a colleague by name, for a purpose that is not contact"
NOT_REFUSING = {
    "accept_offer": OWN_WORK,
    "alarm_national_desk": OWN_WORK,
    "alert_about_urgency": OWN_WORK,
    "alert_duty_contact": OWN_WORK,
    "answer_match_asking": ANSWERS,
    "answer_request": ANSWERS,
    "ask_other_side": OWN_WORK,
    "ask_for_early_review": OWN_WORK,
    "ask_to_read": OWN_WORK,
    "break_glass": OWN_WORK,
    "call_referrer": A_PART,
    "decide_withdrawal": OWN_WORK,
    "decline_offer": OWN_WORK,
    "decline_ownership": OWN_WORK,
    "decline_request": ANSWERS,
    "detach_document": OWN_WORK,
    "detach_note": OWN_WORK,
    "detach_referral": OWN_WORK,
    "end_request": ANSWERS,
    "give_task": OWN_WORK,
    "hand_over_requests": ANSWERS,
    "hand_task": OWN_WORK,
    "join_referrals": OWN_WORK,
    "mail_successor": A_PART,
    "make_offer": OWN_WORK,
    "name_successors": NAMED,
    "offer_ownership": OWN_WORK,
    "open_access": NAMED,
    "open_task": OWN_WORK,
    "pass_tasks": OWN_WORK,
    "record_withdrawal": OWN_WORK,
    "release_partnership": OWN_WORK,
    "release_work": OWN_WORK,
    "remind_of_request": ANSWERS,
    "resume_referral": OWN_WORK,
    "save_draft_for_later": TO_REFERRER,
    "send_dispatch": OWN_WORK,
    "send_referrer_link": TO_REFERRER,
    "send_reminders": OWN_WORK,
    "share_referral": NAMED,
    "take_back_offer": OWN_WORK,
    "tell_about_request": A_PART,
    "tell_agencies": A_PART,
    "tell_of_task": A_PART,
    "tell_of_worry": OWN_WORK,
    "thank_referrer": TO_REFERRER,
    "undo_join": OWN_WORK,
}


def actions() -> Iterator[tuple[str, set[str]]]:
    """Every action of the rooms that know a person, and what it calls."""
    for path, text in sources():
        if path.parent.name == "actions" and path.parts[0] in {"people", "referrals", "triage"}:
            yield Path(path).stem, {called(call) for call in calls(text)}


CALLED = dict(actions())


@pytest.mark.parametrize("name", sorted(name for name, does in CALLED.items() if does & LETS_OUT))
def test_whatever_tells_somebody_of_something_refuses_without_clearance_or_says_why_not(name):
    assert (name in REFUSING) != (name in NOT_REFUSING), f"{name}: put it on one of the lists above, with the reason"


@pytest.mark.parametrize("name", sorted(REFUSING))
def test_what_refuses_asks_whether_contact_is_cleared_after_it_has_taken_a_lock(name):
    assert "lock_person" in CALLED[name]
    assert {"check_is_cleared", "check_may_proceed"} & CALLED[name]


def test_nothing_is_listed_that_does_not_tell_anybody():
    assert {name for name in {*REFUSING, *NOT_REFUSING} if not CALLED.get(name, set()) & LETS_OUT} <= {
        "tell_about_request", "tell_agencies", "tell_of_task",
    }  # fmt: skip
