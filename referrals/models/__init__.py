"""Drafts, referrals, referrers, dispatches, their reminders and reassignments, notes, and the quarantine."""

from referrals.models.dispatch import Dispatch
from referrals.models.draft import Draft
from referrals.models.flood import Flood, FloodOutcome
from referrals.models.likeness import Likeness
from referrals.models.note import Note, NoteReaders
from referrals.models.quarantined import Quarantined
from referrals.models.reassignment import Reassignment
from referrals.models.referral import ReceivedBy, Referral
from referrals.models.referrer import Referrer
from referrals.models.reminder import Reminder, Step

__all__ = [
    "Dispatch",
    "Draft",
    "Flood",
    "FloodOutcome",
    "Likeness",
    "Note",
    "NoteReaders",
    "Quarantined",
    "Reassignment",
    "ReceivedBy",
    "Referral",
    "Referrer",
    "Reminder",
    "Step",
]
