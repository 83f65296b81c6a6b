"""Drafts, referrals, referrers, dispatches, notes, tasks, questions, reminders, searches, and mistakes put right."""

from referrals.models.addition import Addition
from referrals.models.detachment import Detachment, DocumentDetachment, NoteDetachment
from referrals.models.dispatch import Dispatch
from referrals.models.draft import Draft
from referrals.models.flood import Flood, FloodOutcome
from referrals.models.join import Join, JoinKind
from referrals.models.likeness import Likeness
from referrals.models.message import Message
from referrals.models.named_access import LONGEST_EMERGENCY, READ, AccessKind, NamedAccess
from referrals.models.note import Note, NoteReaders
from referrals.models.offer import Offer, OfferCause
from referrals.models.purpose import RecordPurpose, SearchPurpose
from referrals.models.quarantined import Quarantined
from referrals.models.question import Question
from referrals.models.reassignment import Reassignment
from referrals.models.referral import ReceivedBy, Referral
from referrals.models.referrer import Referrer
from referrals.models.referrer_link import ReferrerLink
from referrals.models.referrer_shown import ReferrerShown
from referrals.models.referrer_visit import ReferrerVisit
from referrals.models.reminder import Reminder, Step
from referrals.models.search import Search
from referrals.models.succession import Succession, SuccessionCause
from referrals.models.system_link import SystemLink
from referrals.models.task import Task, TaskKind
from referrals.models.withdrawal import ToldBy, Withdrawal, WithdrawalKind
from referrals.models.worry import Worry

__all__ = [
    "LONGEST_EMERGENCY",
    "READ",
    "AccessKind",
    "Addition",
    "Detachment",
    "Dispatch",
    "DocumentDetachment",
    "Draft",
    "Flood",
    "FloodOutcome",
    "Join",
    "JoinKind",
    "Likeness",
    "Message",
    "NamedAccess",
    "Note",
    "NoteDetachment",
    "NoteReaders",
    "Offer",
    "OfferCause",
    "Quarantined",
    "Question",
    "Reassignment",
    "ReceivedBy",
    "RecordPurpose",
    "Referral",
    "Referrer",
    "ReferrerLink",
    "ReferrerShown",
    "ReferrerVisit",
    "Reminder",
    "Search",
    "SearchPurpose",
    "Step",
    "Succession",
    "SuccessionCause",
    "SystemLink",
    "Task",
    "TaskKind",
    "ToldBy",
    "Withdrawal",
    "WithdrawalKind",
    "Worry",
]
