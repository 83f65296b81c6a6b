"""Drafts, referrals, referrers, dispatches, notes, tasks, reminders, the quarantine, and what puts mistakes right."""

from referrals.models.detachment import Detachment, DocumentDetachment, NoteDetachment
from referrals.models.dispatch import Dispatch
from referrals.models.draft import Draft
from referrals.models.flood import Flood, FloodOutcome
from referrals.models.join import Join, JoinKind
from referrals.models.likeness import Likeness
from referrals.models.named_access import LONGEST_EMERGENCY, READ, AccessKind, NamedAccess
from referrals.models.note import Note, NoteReaders
from referrals.models.offer import Offer
from referrals.models.purpose import RecordPurpose, SearchPurpose
from referrals.models.quarantined import Quarantined
from referrals.models.reassignment import Reassignment
from referrals.models.referral import ReceivedBy, Referral
from referrals.models.referrer import Referrer
from referrals.models.referrer_shown import ReferrerShown
from referrals.models.reminder import Reminder, Step
from referrals.models.system_link import SystemLink
from referrals.models.task import Task, TaskKind
from referrals.models.withdrawal import ToldBy, Withdrawal, WithdrawalKind

__all__ = [
    "LONGEST_EMERGENCY",
    "READ",
    "AccessKind",
    "Detachment",
    "Dispatch",
    "DocumentDetachment",
    "Draft",
    "Flood",
    "FloodOutcome",
    "Join",
    "JoinKind",
    "Likeness",
    "NamedAccess",
    "Note",
    "NoteDetachment",
    "NoteReaders",
    "Offer",
    "Quarantined",
    "Reassignment",
    "ReceivedBy",
    "RecordPurpose",
    "Referral",
    "Referrer",
    "ReferrerShown",
    "Reminder",
    "SearchPurpose",
    "Step",
    "SystemLink",
    "Task",
    "TaskKind",
    "ToldBy",
    "Withdrawal",
    "WithdrawalKind",
]
