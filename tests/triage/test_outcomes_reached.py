"""The buttons of the outcome machine lead somewhere: a machine that never gets to an outcome proves nothing."""

import pytest

from people.states import MatchState
from tests.triage.test_outcome_machine import Desk
from triage.models import Outcome, TriageOutcome


@pytest.mark.usefixtures("db", "on_record")
@pytest.mark.parametrize("outcome", TriageOutcome)
def test_every_outcome_is_reached_and_people_are_contacted_once_nothing_stands_in_the_way(outcome):
    desk = Desk()
    try:
        desk.hurry(
            outcome=outcome, flaw={}, said=Outcome.CLEAR, decided=MatchState.CONFIRMED, said_so=True, writer=0,
            signers=(1, 2),
        )  # fmt: skip
        desk.no_outcome_stands_that_skipped_something()
        desk.contacts(earlier=False)
        desk.nothing_was_sent_or_authorised_before_clearance()
        assert desk.signed and desk.sent
    finally:
        desk.teardown()
