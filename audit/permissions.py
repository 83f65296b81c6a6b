"""WHO may, in the room under all roles: what is done to the ledger itself is done by those who run the house."""

from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from audit.agents import Agent
from audit.refusals import Forbidden


def check_operates(actor: Actor) -> None:
    """Raise Forbidden unless it is an operator's command."""
    if actor is not Agent.OPERATOR:
        raise Forbidden(_("This is done by a command of those who run the service."))


def check_seals(actor: Actor) -> None:
    """Raise Forbidden unless it is the sealer."""
    if actor is not Agent.SEALER:
        raise Forbidden(_("The ledger is sealed by the service itself."))
