"""WHO may work a referral: officers of the agencies it was sent to."""

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.permissions import Permission, can, require
from audit.actors import Actor
from audit.refusals import Forbidden
from referrals.models import Dispatch


def check_can_submit(actor: Actor) -> None:
    """Raise Forbidden unless `actor` may submit a referral: anybody at the form, or staff who enter one."""
    require(actor, Permission.REFERRAL_SUBMIT)


def check_can_acknowledge(actor: Actor, dispatch: Dispatch) -> None:
    """Raise Forbidden unless `actor` is an officer of the dispatch's agency."""
    require(actor, Permission.DISPATCH_ACKNOWLEDGE, agency=dispatch.agency)


def can_acknowledge(actor: Actor, dispatch: Dispatch) -> bool:
    """Whether `check_can_acknowledge` would pass."""
    return can(actor, Permission.DISPATCH_ACKNOWLEDGE, agency=dispatch.agency)


def check_can_assign(actor: Actor, dispatch: Dispatch, to: User) -> None:
    """Raise Forbidden unless `actor` may assign in the dispatch's agency and `to` may work it there."""
    require(actor, Permission.DISPATCH_ASSIGN, agency=dispatch.agency)
    if not can(to, Permission.DISPATCH_READ, agency=dispatch.agency):
        raise Forbidden(_("This colleague does not work referrals of your agency."))


def check_can_reassign(actor: Actor, dispatch: Dispatch, to: User) -> None:
    """Raise Forbidden unless `actor` supervises the dispatch's agency and `to` may work it there."""
    require(actor, Permission.DISPATCH_SUPERVISE, agency=dispatch.agency)
    check_can_assign(actor, dispatch, to)


def check_can_decide_quarantine(actor: Actor) -> None:
    """Raise Forbidden unless `actor` is an officer of a national desk, or carries out what one of them decided."""
    require(actor, Permission.QUARANTINE_DECIDE)


def check_can_write_note(actor: Actor, agency: Agency) -> None:
    """Raise Forbidden unless `actor` may write notes for `agency`."""
    require(actor, Permission.NOTE_WRITE, agency=agency)
