"""WHO may add, check and sweep files, and export lists. Who may read a file, the room of its referral says."""

from agencies.models import Agency
from agencies.permissions import NOT_ALLOWED, Permission, can, require
from audit.actors import Actor
from audit.refusals import Forbidden
from documents.models import Export


def check_can_upload(actor: Actor) -> None:
    """Raise Forbidden unless `actor` may submit a referral, and so hang files on a draft."""
    require(actor, Permission.REFERRAL_SUBMIT)


def check_can_add(actor: Actor, agency: Agency) -> None:
    """Raise Forbidden unless `actor` may put documents beside the referrals of `agency`."""
    require(actor, Permission.DOCUMENT_ADD, agency=agency)


def check_can_destroy(actor: Actor) -> None:
    """Raise Forbidden unless `actor` may take documents away. Which, the room of their referral says."""
    require(actor, Permission.DOCUMENT_DETACH)


def check_can_conclude(actor: Actor) -> None:
    """Raise Forbidden unless `actor` may record what the scanner said."""
    require(actor, Permission.DOCUMENT_CHECK)


def check_can_sweep(actor: Actor) -> None:
    """Raise Forbidden unless `actor` may delete what belongs to nobody."""
    require(actor, Permission.DOCUMENT_SWEEP)


def can_export(actor: Actor, agency: Agency, needed: Permission) -> bool:
    """Whether `actor` may take a list of `agency` out of the house that those with `needed` read."""
    return can(actor, Permission.EXPORT_MAKE, agency=agency) and can(actor, needed, agency=agency)


def check_can_export(actor: Actor, agency: Agency, needed: Permission) -> None:
    """Raise Forbidden unless `can_export`."""
    if not can_export(actor, agency, needed):
        raise Forbidden(NOT_ALLOWED)


def check_can_work_on_exports(actor: Actor) -> None:
    """Raise Forbidden unless `actor` may write exports and end those whose time is up."""
    require(actor, Permission.EXPORT_SWEEP)


def check_is_theirs(actor: Actor, export: Export) -> None:
    """Raise Forbidden unless `actor` asked for it."""
    if actor.pk != export.asked_by_id:
        raise Forbidden(NOT_ALLOWED)
