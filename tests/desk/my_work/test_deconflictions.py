"""What FIMU has not answered in time stands with the police desk, also where nobody answers for FIMU."""

import pytest
from django.utils import timezone

from agencies.actions.suspend_user import suspend_user
from audit.agents import Agent
from desk.my_work.deconflictions import deconflictions_unanswered
from tests.desk.my_work.filling import unanswered
from tests.desk.my_work.scene import everything
from tests.making import reread

pytestmark = pytest.mark.usefixtures("db", "on_record")


def late(reader):
    return deconflictions_unanswered(reread(reader), now=timezone.now()).rows


def test_a_late_answer_stands_with_officers_and_supervisors_and_says_whom_to_ask(client):
    scene = everything()
    unanswered(scene)
    for reader in (scene.police, scene.police_boss):
        (row,) = late(reader)
        assert row.due.over and "Ask FIMU" in str(row.next_step)
    assert deconflictions_unanswered(scene.analyst, now=timezone.now()) is None
    assert deconflictions_unanswered(scene.lead, now=timezone.now()) is None
    client.force_login(scene.police)
    shown = client.get("/casework/police-desk/").content.decode()
    assert "Was due" in shown and "nobody who answers for FIMU" not in shown


def test_where_nobody_answers_for_fimu_the_police_desk_is_told_so(client):
    scene = everything()
    unanswered(scene)
    suspend_user(user_id=scene.analyst.pk, by=Agent.OPERATOR, now=timezone.now())
    (row,) = late(scene.police)
    assert row.owner == "Nobody" and "invite a FIMU analyst" in str(row.next_step)
    client.force_login(scene.police)
    assert "nobody who answers for FIMU" in client.get("/casework/police-desk/").content.decode()
