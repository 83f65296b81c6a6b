"""Drafts, referrals, referrers, dispatches and notes."""

from referrals.models.dispatch import Dispatch
from referrals.models.draft import Draft
from referrals.models.note import Note, NoteReaders
from referrals.models.referral import ReceivedBy, Referral
from referrals.models.referrer import Referrer

__all__ = ["Dispatch", "Draft", "Note", "NoteReaders", "ReceivedBy", "Referral", "Referrer"]
