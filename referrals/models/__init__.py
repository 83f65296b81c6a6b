"""Drafts, referrals, referrers, dispatches, their reminders and reassignments, and notes."""

from referrals.models.dispatch import Dispatch
from referrals.models.draft import Draft
from referrals.models.note import Note, NoteReaders
from referrals.models.reassignment import Reassignment
from referrals.models.referral import ReceivedBy, Referral
from referrals.models.referrer import Referrer
from referrals.models.reminder import Reminder, Step

__all__ = [
    "Dispatch",
    "Draft",
    "Note",
    "NoteReaders",
    "Reassignment",
    "ReceivedBy",
    "Referral",
    "Referrer",
    "Reminder",
    "Step",
]
