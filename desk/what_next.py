"""What the reader can do next with a referral, for each agency of theirs that has it: what their role there allows."""

from collections.abc import Iterable
from dataclasses import dataclass

from agencies.models import User
from agencies.permissions import Permission, can
from referrals.models import Dispatch


@dataclass(frozen=True)
class WhatNext:
    """One dispatch, and which pages of work open to the reader there."""

    dispatch: Dispatch
    assigns: bool
    writes_notes: bool
    adds_documents: bool
    detaches_notes: bool
    offers: bool
    detaches: bool
    joins: bool
    reports_withdrawals: bool
    asks_others: bool
    asks_police: bool

    @property
    def puts_right(self) -> bool:
        """Whether there is anything under "Put a mistake right"."""
        return self.offers or self.detaches or self.joins or self.reports_withdrawals


def what_next(reader: User, mine: Iterable[Dispatch]) -> list[WhatNext]:
    """One for each of the reader's dispatches. The actions ask again; here it is what a page leads to. No query."""
    return [_with(reader, dispatch) for dispatch in mine]


def _with(reader: User, dispatch: Dispatch) -> WhatNext:
    def may(permission: Permission) -> bool:
        return can(reader, permission, agency=dispatch.agency)

    return WhatNext(
        dispatch,
        assigns=may(Permission.DISPATCH_ASSIGN),
        writes_notes=may(Permission.NOTE_WRITE),
        adds_documents=may(Permission.DOCUMENT_ADD),
        detaches_notes=may(Permission.NOTE_DETACH),
        offers=may(Permission.OFFER_MAKE),
        detaches=may(Permission.REFERRAL_DETACH),
        joins=may(Permission.REFERRAL_JOIN),
        reports_withdrawals=may(Permission.WITHDRAWAL_REPORT),
        asks_others=may(Permission.REQUEST_SEND),
        asks_police=may(Permission.DECONFLICTION_ASK),
    )
