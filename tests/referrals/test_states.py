"""The road of a dispatch: from waiting to received, and no further."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from audit.states import Owner
from referrals.states import DISPATCH, DispatchState
from tests.making import dispatch_to_authority, officer_of, submitted


def test_the_agency_acts_and_then_nobody_has_to():
    assert {state: (stage.owner, set(stage.to)) for state, stage in DISPATCH.stages.items()} == {
        DispatchState.SENT: (Owner.AGENCY, {DispatchState.ACKNOWLEDGED}),
        DispatchState.ACKNOWLEDGED: (Owner.NOBODY, set()),
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
        "sent_at = NULL",
    ],
)
def test_the_database_refuses_a_state_that_does_not_tell_the_truth(lie):
    dispatch = dispatch_to_authority(submitted(now=datetime.now(UTC)))
    user = officer_of(dispatch.agency)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE referrals_dispatch SET {lie} WHERE id = %(id)s", {"user": user.pk, "id": dispatch.pk})
