"""What can stand beside two persons who may be one human being."""

from datetime import timedelta
from typing import Any

from agencies.models import Agency
from people.models import Match, MatchAsking, MatchBand, MatchDecision
from people.states import AskingState, MatchState
from tests.house.matrix.past import Past
from tests.house.matrix.records import FAR, NOW, SAYS, Record

YESTERDAY = NOW - timedelta(days=1)


def matched(record: Record, twin: Record, past: Past) -> None:
    """Its person may be the twin's: that was left open once; and the far area asks about it, and did before."""
    one, other = sorted((record.referral.person_id, twin.referral.person_id))
    match = Match(one_id=one, other_id=other, band=MatchBand.LIKELY, found_at=NOW, found_by=past.by.pk)
    reason = record.says("people.MatchDecision.reason")
    said = MatchDecision(
        match=match, said=MatchState.LEFT_OPEN, reason=reason, decided_at=YESTERDAY, decided_by=past.by
    )
    far = Agency.objects.get(code=SAYS[FAR]["authority"])
    asked: dict[str, Any] = {"match": match, "about": record.referral.person, "agency": far, "asked_by": past.by}
    before = MatchAsking(
        **asked, asked_at=YESTERDAY, state=AskingState.WITHDRAWN, reason=record.says("people.MatchAsking.reason"),
        withdrawn_at=YESTERDAY, withdrawn_by=past.by,
    )  # fmt: skip
    asking = MatchAsking(**asked, asked_at=NOW)
    for row in (match, said, before, asking):
        past.had(row)
    record.rows |= {("match_id", None): match.pk, ("asking_id", None): asking.pk}
