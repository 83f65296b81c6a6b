"""The demonstration has people who were referred twice: found, and a few of the matches decided and asked about."""

from collections.abc import Iterable
from datetime import datetime

from agencies.models import User
from audit.agents import Agent
from desk.matches import waiting_for
from people.actions.ask_about_match import ask_about_match
from people.actions.decide_match import decide_match
from people.actions.find_matches import find_matches
from people.models import MatchBand
from people.states import MatchState
from referrals.models import Referral

_SAID = (
    (MatchState.CONFIRMED, "The school gave the same mother and the same telephone. The surname was misspelt."),
    (MatchState.REJECTED, "The housing officer knows both families: they are cousins."),
)


def find_and_decide(referrals: Iterable[Referral], *, now: datetime) -> None:
    """Look for the matches of every referral; in Leeds two likely ones are decided, and Leeds and Bradford ask."""
    for referral in referrals:
        find_matches(person_id=referral.person_id, by=Agent.SWEEPER, now=now)
    leeds = User.objects.get(email="lead@leeds.example")
    likely = [seen.match for seen in waiting_for(leeds, band=MatchBand.LIKELY) if seen.compares]
    for match, (said, reason) in zip(likely, _SAID, strict=False):
        decide_match(match_id=match.pk, said=said, reason=reason, by=leeds, now=now)
    for email in ("lead@leeds.example", "lead@bradford.example"):
        asking = User.objects.get(email=email)
        elsewhere = next((seen.match for seen in waiting_for(asking) if not seen.compares), None)
        if elsewhere is not None:
            ask_about_match(match_id=elsewhere.pk, by=asking, now=now)
