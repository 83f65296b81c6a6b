"""How a higher room reacts: an action records an event, handlers of higher rooms run from that row."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.db import models

from audit.actors import Actor
from audit.context import require_action
from audit.copying import insert_rows
from audit.models import EventRecord, Handling
from audit.person_of import person_of
from audit.waking import wake


class Event(StrEnum):
    """Everything that can happen to which another room may react, in alphabetical order."""

    ACCESS_ENDED = "access_ended"
    ADDRESS_WRITTEN = "address_written"
    CLEARANCE_ENDED = "clearance_ended"
    CLEARANCE_GIVEN = "clearance_given"
    COLLEAGUE_EXCLUDED = "colleague_excluded"
    COLLEAGUE_NAMED = "colleague_named"
    DECONFLICTION_ANSWERED = "deconfliction_answered"
    DECONFLICTION_OPENED = "deconfliction_opened"
    DISPATCH_ACKNOWLEDGED = "dispatch_acknowledged"
    DISPATCH_ASSIGNED = "dispatch_assigned"
    DISPATCH_LINKED = "dispatch_linked"
    DISPATCH_RAISED_WITH_DESK = "dispatch_raised_with_desk"
    DISPATCH_RAISED_WITH_SUPERVISOR = "dispatch_raised_with_supervisor"
    DISPATCH_REASSIGNED = "dispatch_reassigned"
    DISPATCH_RELEASED = "dispatch_released"
    DISPATCH_REMINDED = "dispatch_reminded"
    DOCUMENT_ADDED = "document_added"
    DOCUMENT_DETACHED = "document_detached"
    GLASS_BROKEN = "glass_broken"
    GLASS_REVIEWED = "glass_reviewed"
    JOIN_UNDONE = "join_undone"
    MATCH_ANSWERED = "match_answered"
    MATCH_ASKED = "match_asked"
    MATCH_DECIDED = "match_decided"
    MATCH_UNDONE = "match_undone"
    MATCH_WITHDRAWN = "match_withdrawn"
    MEMBERSHIP_ENDED = "membership_ended"
    NOTE_DETACHED = "note_detached"
    NOTE_MOVED_HERE = "note_moved_here"
    NOTE_WRITTEN = "note_written"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_DECLINED = "offer_declined"
    OFFER_MADE = "offer_made"
    OFFER_TAKEN_BACK = "offer_taken_back"
    OUTCOME_PROPOSED = "outcome_proposed"
    OUTCOME_REOPENED = "outcome_reopened"
    OUTCOME_RETURNED = "outcome_returned"
    OUTCOME_SIGNED = "outcome_signed"
    PARTNERSHIP_ACCEPTED = "partnership_accepted"
    PARTNERSHIP_ACTION_CLOSED = "partnership_action_closed"
    PARTNERSHIP_ACTION_PLANNED = "partnership_action_planned"
    PARTNERSHIP_DECLINED = "partnership_declined"
    PARTNERSHIP_ENDED = "partnership_ended"
    PARTNERSHIP_OFFERED = "partnership_offered"
    PARTNERSHIP_OPENED = "partnership_opened"
    PARTNERSHIP_PLANNED = "partnership_planned"
    PARTNERSHIP_RELEASED = "partnership_released"
    PARTNERSHIP_REVIEWED = "partnership_reviewed"
    PERSON_NAMED = "person_named"
    PROCEEDED_URGENTLY = "proceeded_urgently"
    QUESTION_ANSWERED = "question_answered"
    QUESTION_ASKED = "question_asked"
    QUESTION_RELEASED = "question_released"
    QUESTION_WITHDRAWN = "question_withdrawn"
    REFERRALS_JOINED = "referrals_joined"
    REFERRAL_DETACHED = "referral_detached"
    REFERRAL_HELD = "referral_held"
    REFERRAL_REJECTED = "referral_rejected"
    REFERRAL_RELEASED = "referral_released"
    REFERRAL_RESTRICTED = "referral_restricted"
    REFERRAL_SHARED = "referral_shared"
    REFERRAL_SUBMITTED = "referral_submitted"
    REFERRER_ADDED = "referrer_added"
    REFERRER_RETURNED = "referrer_returned"
    REFERRER_SHOWN = "referrer_shown"
    REFERRER_SUCCEEDED = "referrer_succeeded"
    REFERRER_TOLD = "referrer_told"
    REQUEST_ANSWERED = "request_answered"
    REQUEST_CLOSED = "request_closed"
    REQUEST_DECLINED = "request_declined"
    REQUEST_MADE = "request_made"
    REQUEST_TAKEN_BACK = "request_taken_back"
    RESTRICTION_LIFTED = "restriction_lifted"
    RESTRICTION_RELEASED = "restriction_released"
    REVIEW_OPENED = "review_opened"
    SERVICE_ANSWERED = "service_answered"
    SUCCESSION_STRUCK = "succession_struck"
    SUCCESSOR_INVITED = "successor_invited"
    TASK_FINISHED = "task_finished"
    TASK_HANDED = "task_handed"
    TASK_OPENED = "task_opened"
    TASK_RELEASED = "task_released"
    TASK_TAKEN_BACK = "task_taken_back"
    WHEREABOUTS_WRITTEN = "whereabouts_written"
    WITHDRAWAL_CONTINUED = "withdrawal_continued"
    WITHDRAWAL_REPORTED = "withdrawal_reported"
    WITHDRAWAL_RESUMED = "withdrawal_resumed"
    WITHDRAWAL_STOPPED = "withdrawal_stopped"
    WORRY_ANSWERED = "worry_answered"
    WORRY_RAISED = "worry_raised"


class Handler(Protocol):
    """Reacts to one event, inside the action that marks it handled; it may be called again after a fault."""

    def __call__(self, event: EventRecord, *, by: Actor, now: datetime) -> None:
        """React."""


_handlers: dict[str, dict[str, Handler]] = defaultdict(dict)


def handles(kind: Event) -> Callable[[Handler], Handler]:
    """Register a function of `<room>/handlers.py` for a kind of event. Imported in the room's AppConfig.ready."""

    def register(function: Handler) -> Handler:
        name = f"{function.__module__}.{function.__name__}"  # type: ignore[attr-defined]  # a plain function
        _handlers[kind][name] = function
        return function

    return register


def handler_of(kind: str, name: str) -> Handler:
    """The registered handler. Raises KeyError when the code no longer has it."""
    return _handlers[kind][name]


def happened(kind: Event, at_object: models.Model, *, by: Actor, now: datetime, **ids: UUID) -> EventRecord:
    """Record an event and a duty for each of its handlers, in the running action.

    `ids` are the UUIDs of whatever else took part (`to=colleague.pk`).
    """
    require_action()
    event = EventRecord(
        kind=kind,
        object_type=at_object._meta.label_lower,
        object_id=at_object.pk,
        subject=person_of(at_object),
        actor=by.pk,
        happened=now,
        ids={role: str(pk) for role, pk in ids.items()},
    )
    insert_rows(EventRecord, event)
    names = _handlers[kind]
    if names:
        insert_rows(Handling, *(Handling(event=event, handler=name, due=now) for name in names))
        wake("audit.tasks.sweep_events")
    return event
