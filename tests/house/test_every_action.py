"""Past the page: every action is called by those who may not do it, with what those who may would give it."""

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from inspect import signature
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from agencies.models import User
from agencies.roles import RoleName
from audit.actors import Actor
from audit.agents import Agent
from audit.refusals import Forbidden
from tests.agencies.administering import nobody_yet
from tests.house.acted_on import LEFT_OUT, ActedOn
from tests.house.matrix.asking import House
from tests.house.matrix.conftest import house
from tests.house.matrix.relations import Relation
from tests.house.rooms import sources

__all__ = ["house"]
# Nobody is asked whether they may do these: they are about the caller's own account, or about what the caller holds ...
OWN = {
    "add_app", "add_passkey", "add_upload", "answer_second_factor", "change_password", "drop_upload", "leave_draft",
    "remove_factor", "renew_recovery_codes", "resume_draft", "save_answers", "save_draft_for_later",
    "sign_in_by_provider", "state_purpose", "stay",
}  # fmt: skip
# ... or they are a part of others, which have asked.
PARTS = {
    "ask_other_side", "begin_visit", "close_page", "destroy_draft", "destroy_uploads", "end_accesses",
    "end_partnership", "end_request", "exclude_user", "forget_facts", "keep_administered", "leave_matches",
    "open_access", "overtake_assessments", "pass_tasks", "proceed_urgently", "record_checks",
    "release_tasks", "store_user", "tell_about_request", "tell_agencies", "unassign_dispatches", "warn_user",
}  # fmt: skip
# Who may not do these does not find what they are about.
ABSENT = {"link_dispatch"}
# What an agency has or is asked for, or somebody in it: who may do the same elsewhere may not do it here.
OF_AN_AGENCY = {
    "absence_id", "access_id", "asking_id", "assessment_id", "cover_id", "deconfliction_id", "dispatch_id",
    "document_id", "join_id", "match_id", "membership_id", "note_id", "offer_id", "partnership_id", "person_id",
    "planned_id", "question_id", "request_id", "signposting_id", "succession_id", "task_id", "urgency_id",
    "withdrawal_id", "worry_id", "written_id",
}  # fmt: skip
OF_A_RECORD = {
    "access_id", "asking_id", "assessment_id", "deconfliction_id", "dispatch_id", "document_id", "join_id",
    "match_id", "note_id", "partnership_id", "person_id", "planned_id", "question_id", "request_id", "signposting_id",
    "succession_id", "task_id", "urgency_id", "withdrawal_id", "written_id",
}  # fmt: skip
# Officers anywhere may cause mail; which document is taken away and whose requests go over, other actions have asked.
OF_ALL = {
    "alert_about_urgency", "alert_duty_contact", "destroy_document", "hand_over_requests", "raise_overdue",
    "remind_of_request", "take_back_requests",
}  # fmt: skip
MAIL = {
    "alarm_about_ledger", "alarm_national_desk", "alert_about_urgency", "alert_duty_contact", "raise_overdue",
    "record_receipt",
    "remind_of_request", "reseal_notices", "send_notice", "send_reminders", "tell_of_task", "tell_of_worry",
    "thank_referrer", "withdraw_notices",
}  # fmt: skip
CALLS = {"call_endpoint", "move_deliveries", "queue_deliveries", "renew_deliveries", "withdraw_deliveries"}
SUBMISSION = {
    "adopt_uploads", "create_person", "dispatch_referral", "judge_likeness", "keep_upload", "open_task",
    "remove_upload", "restrict_referral", "send_dispatch", "start_draft", "submit_referral",
}  # fmt: skip
DONE_BY = {
    Agent.REFERRER: MAIL | SUBMISSION | {
        "add_file", "add_information", "answer_question", "ask_for_early_review", "ask_to_read", "call_referrer",
        "follow_link",
        "mail_successor", "make_referrer_link", "raise_worry", "read_after_outcome", "record_withdrawal",
    },
    Agent.MESSENGER: MAIL | CALLS,
    Agent.SWEEPER: MAIL | CALLS | SUBMISSION | {
        "ask_for_early_review",
        "ask_to_read", "call_referrer", "carry_out_decision", "close_accesses", "close_export", "conclude_scan",
        "deconflict_detached", "end_clearance",
        "end_membership", "finish_export", "find_matches", "finish_flood", "forget_likenesses", "forget_pieces",
        "forget_searches", "mail_successor", "make_referrer_link", "name_successors", "open_deconfliction",
        "read_after_outcome",
        "reject_referral",
        "release_partnership", "release_referral", "release_work", "review_deconfliction", "sweep_drafts",
        "sweep_orphans", "sweep_visits",
        "write_piece",
    },
    Agent.SEALER: {"ask_to_verify", "publish_checkpoint", "seal_entries", "verify_ledger"},
    Agent.OPERATOR: {
        "add_membership", "add_partner", "build_facts", "build_search_rows", "connect_partner",
        "connect_system", "connect_systems",
        "create_endpoint", "create_user", "deactivate_user", "deconflict_detached",
        "detach_month", "disable_endpoint", "draft_standard", "enable_endpoint",
        "end_clearance", "end_membership", "end_session", "end_sessions",
        "keep_facts", "keep_suspended", "load_agencies", "load_places",
        "make_agency", "make_api_key",
        "make_demonstration", "open_deconfliction", "play_replay",
        "put_mistakes_right", "record_migrations", "rename_agency", "replay_delivery",
        "reset_factors", "restamp_entries", "resume_user",
        "review_deconfliction",
        "revoke_api_key", "rotate_api_key", "rotate_secret", "rotate_wrapping_keys", "seed_referrals",
        "send_test_event", "set_mailboxes", "set_targets", "staff_agencies", "suspend_user", "withdraw_invitation",
    },
    Agent.VISITOR: {"accept_invitation"},
}  # fmt: skip


def actions() -> dict[str, Callable[..., Any]]:
    """Every action by its name, which is its file's."""
    found = {}
    for path, _text in sources():
        if path.parts[1:2] == ("actions",):
            function = getattr(import_module(".".join(path.with_suffix("").parts)), path.stem, None)
            if function is not None and hasattr(function, "__wrapped__"):
                found[path.stem] = function
    return found


ACTIONS = actions()
ASKING = sorted(set(ACTIONS) - OWN - PARTS)


@pytest.fixture(scope="module")
def acted_on(house: House) -> ActedOn:
    return ActedOn(house)


def refuses(acted_on: ActedOn, name: str, by: Actor, instead: dict[str, Any] | None = None) -> bool:
    """Whether an action refuses somebody because of who they are. What it does otherwise is undone."""
    named = [each for each in signature(ACTIONS[name]).parameters if each != "by"]
    given = {each: value for each in named if (value := acted_on.given(name, each)) is not LEFT_OUT}
    given |= {each: value for each, value in (instead or {}).items() if each in named}
    refusal: type[Exception] = ObjectDoesNotExist if name in ABSENT else Forbidden
    refused = False
    with suppress(Exception), transaction.atomic():  # whatever else it comes to: they were let in
        try:
            ACTIONS[name](**given, by=by)
        except refusal:
            refused = True
        transaction.set_rollback(True)
    return refused


def test_nearly_every_action_asks_who_does_it() -> None:
    assert not (OWN | PARTS | ABSENT) - set(ACTIONS)
    assert len(ASKING) > 4 * len(OWN | PARTS)


@pytest.mark.parametrize("name", ASKING)
def test_somebody_without_a_role_gets_past_no_action(acted_on: ActedOn, name: str) -> None:
    assert refuses(acted_on, name, nobody_yet())


def is_of_an_agency(name: str) -> bool:
    """Whether somebody may do it in their own agency and nowhere else."""
    return name not in OF_ALL and bool(OF_AN_AGENCY & set(signature(ACTIONS[name]).parameters))


@pytest.mark.parametrize("name", [*filter(is_of_an_agency, ASKING)])
def test_who_may_do_it_elsewhere_gets_past_no_action(acted_on: ActedOn, name: str) -> None:
    assert refuses(acted_on, name, acted_on.world.far_lead)
    assert refuses(acted_on, name, acted_on.world.far_police)


def is_of_a_record(name: str) -> bool:
    """Whether it is done to a referral, or to what stands beside one."""
    return name not in OF_ALL and bool(OF_A_RECORD & set(signature(ACTIONS[name]).parameters))


def walls() -> list[tuple[str, Relation]]:
    """Each action about a record and each wall before it. Of a match, their agency may have the other person still."""
    return [
        (name, relation)
        for name in filter(is_of_a_record, ASKING)
        for relation in (Relation.RESTRICTED, Relation.GAVE)
        if relation == Relation.RESTRICTED or "match_id" not in signature(ACTIONS[name]).parameters
    ]


@pytest.mark.parametrize(("name", "relation"), walls())
def test_who_is_not_named_on_a_record_or_gave_it_away_gets_past_no_action(
    acted_on: ActedOn, name: str, relation: Relation
) -> None:
    by = acted_on.world.people[RoleName.AUTHORITY_SUPERVISOR]
    instead = {each: acted_on.world.id_of(each, by.current_memberships[0].role, relation) for each in OF_A_RECORD}
    assert refuses(acted_on, name, by, {each: pk for each, pk in instead.items() if pk})


@pytest.mark.parametrize("agent", Agent)
def test_an_agent_gets_past_its_own_actions_only(acted_on: ActedOn, agent: Agent) -> None:
    offered = [name for name in ASKING if signature(ACTIONS[name]).parameters["by"].annotation is not User]
    assert {name for name in offered if not refuses(acted_on, name, agent)} == DONE_BY[agent]
