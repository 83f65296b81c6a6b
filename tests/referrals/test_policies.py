"""WHEN: what the record's own state permits, whoever asks."""

import pytest

from agencies.models import User
from audit.refusals import NotNow
from referrals.models import Dispatch
from referrals.policies import awaits_acknowledgement, check_awaits_acknowledgement, check_has_words
from referrals.states import DispatchState


@pytest.mark.parametrize("state", DispatchState)
def test_only_what_was_sent_awaits_receipt(state):
    dispatch = Dispatch(state=state, acknowledged_by=User(name="Wren Castellane"))
    waits = state == DispatchState.SENT
    assert awaits_acknowledgement(dispatch) is waits
    if waits:
        check_awaits_acknowledgement(dispatch)
        return
    with pytest.raises(NotNow, match="Wren Castellane has already taken receipt"):
        check_awaits_acknowledgement(dispatch)


def test_a_receipt_without_a_name_is_refused_without_one():
    with pytest.raises(NotNow, match="Somebody has already taken receipt"):
        check_awaits_acknowledgement(Dispatch(state=DispatchState.ACKNOWLEDGED))


@pytest.mark.parametrize(("text", "enough"), [("a", True), (" ا ", True), ("", False), (" \n\u00a0", False)])
def test_a_note_needs_words(text, enough):
    if enough:
        check_has_words(text)
        return
    with pytest.raises(NotNow):
        check_has_words(text)
