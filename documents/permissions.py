"""WHO may add, check and sweep files. Who may read one, the room of its referral says."""

from agencies.models import Agency
from agencies.permissions import Permission, require
from audit.actors import Actor


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
