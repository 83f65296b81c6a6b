"""The roads of dispatch, offer and withdrawal, and that the database holds them."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from audit.states import Owner
from referrals.states import DISPATCH, OFFER, WITHDRAWAL, DispatchState, OfferState, WithdrawalState
from tests.making import dispatch_to_authority, officer_of, submitted


def rows(table):
    return {state: (stage.owner, set(stage.to)) for state, stage in table.stages.items()}


def test_the_agency_acts_until_another_has_accepted():
    assert rows(DISPATCH) == {
        DispatchState.SENT: (Owner.AGENCY, {DispatchState.ACKNOWLEDGED, DispatchState.TRANSFERRED}),
        DispatchState.ACKNOWLEDGED: (Owner.AGENCY, {DispatchState.TRANSFERRED}),
        DispatchState.TRANSFERRED: (Owner.NOBODY, set()),
    }


def test_an_offer_is_answered_once():
    answers = {OfferState.ACCEPTED, OfferState.DECLINED, OfferState.TAKEN_BACK}
    assert rows(OFFER) == {
        OfferState.OFFERED: (Owner.AGENCY, answers),
        **{answer: (Owner.NOBODY, set()) for answer in answers},
    }


def test_what_the_police_have_stopped_they_can_take_up_again():
    state = WithdrawalState
    assert rows(WITHDRAWAL) == {
        state.REPORTED: (Owner.AGENCY, {state.CONTINUED, state.STOPPED}),
        state.STOPPED: (Owner.AGENCY, {state.RESUMED}),
        state.CONTINUED: (Owner.NOBODY, set()),
        state.RESUMED: (Owner.NOBODY, set()),
    }


@pytest.mark.usefixtures("db", "on_record")
@pytest.mark.parametrize(
    "lie",
    [
        "state = 'acknowledged'",
        "acknowledged_at = now()",
        "acknowledged_by_id = %(user)s",
        "acknowledged_at = now(), acknowledged_by_id = %(user)s",
        "state = 'acknowledged', acknowledged_at = now(), acknowledged_by_id = %(user)s, alert_due = now()",
        "assigned_to_id = %(user)s",
        "assigned_at = now(), assigned_by_id = %(user)s",
        "state = 'transferred', alert_due = now()",
        "sent_at = NULL",
    ],
)
def test_the_database_refuses_a_state_that_does_not_tell_the_truth(lie):
    dispatch = dispatch_to_authority(submitted(now=datetime.now(UTC)))
    user = officer_of(dispatch.agency)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE referrals_dispatch SET {lie} WHERE id = %(id)s", {"user": user.pk, "id": dispatch.pk})
