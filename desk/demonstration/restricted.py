"""The referrals of a demonstration that go to the restricted desks, sent through the front door like any other."""

from datetime import datetime, timedelta
from typing import Any

from audit.actors import Actor
from audit.agents import Agent
from referrals.actions.start_draft import start_draft
from referrals.actions.submit_referral import submit_referral
from referrals.holding import Holder

# Hours ago -> answers. The second names somebody like a colleague at the desk, who sees nothing of it.
_SENT: dict[int, dict[str, Any]] = {
    5: {
        "danger": "no",
        "referrer_kind": "work",
        "referrer_name": "Marged Ollerenshaw",
        "referrer_email": "marged.ollerenshaw@mail.example",
        "referrer_role": "Team leader",
        "referrer_organisation": "A council’s housing department",
        "concern": "A man in my team shares posts that praise an attack, and says that people like us must be afraid.",
        "how_known": ["seen"],
        "when_noticed": "week",
        "given_names": "Corin",
        "family_name": "Tattersley",
        "relationship": "a colleague in my team",
        "adult_or_child": "adult",
        "approximate_age": "34",
        "work_and_family": ["council"],
        "postcode": "LS6 3AA",
        "told": ["nobody"],
    },
    30: {
        "danger": "no",
        "referrer_kind": "public",
        "concern": "My neighbour keeps leaflets of a banned group in the hall and asked my son to hand some out.",
        "how_known": ["seen"],
        "when_noticed": "month",
        "given_names": "Dominic",
        "family_name": "Adeyemi",
        "other_names": "Dominik",
        "adult_or_child": "adult",
        "work_and_family": ["unknown"],
        "authority": "E08000032",
        "told": ["nobody"],
    },
}


def send_restricted(*, now: datetime) -> int:
    """Send them in the name of their referrers, inside an action that may. Returns how many there are."""
    referrer: Actor = Agent.REFERRER
    holder = Holder(by=Agent.REFERRER, browser="d" * 64)
    for hours, answers in _SENT.items():
        at = now - timedelta(hours=hours)
        draft = start_draft(holder=holder, language="en", answers=answers, by=referrer, now=at)
        submit_referral(draft_id=draft.pk, holder=holder, by=referrer, now=at)
    return len(_SENT)
