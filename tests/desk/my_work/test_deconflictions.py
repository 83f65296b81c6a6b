"""What FIMU has not answered in time stands with the police desk, also where nobody answers for FIMU."""

import pytest
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.actions.suspend_user import suspend_user
from agencies.models import Agency
from agencies.roles import RoleName
from audit.agents import Agent
from desk.my_work.deconflictions import deconflictions_unanswered
from desk.my_work.shape import Section
from tests.desk.my_work.filling import unanswered
from tests.desk.my_work.scene import everything
from tests.making import reread

pytestmark = pytest.mark.usefixtures("db", "on_record")


def late(reader, source=deconflictions_unanswered):
    pile = source(reread(reader), now=timezone.now())
    return pile.rows if pile else []


def test_a_late_answer_stands_with_officers_and_supervisors_and_says_whom_to_ask(client):
    scene = everything()
    unanswered(scene)
    for reader in (scene.police, scene.police_boss):
        (row,) = late(reader)
        assert row.stands_in is Section.OVERDUE and "Ask FIMU" in str(row.next_step)
    assert not late(scene.analyst), "they answer it"
    assert not late(scene.lead)
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


def test_whoever_answers_for_another_agency_sees_what_is_late_in_their_own():
    scene = everything()
    unanswered(scene)
    elsewhere = Agency.objects.get(code="ctp-south-east")
    add_membership(
        user_id=scene.police.pk, agency_id=elsewhere.pk, role=RoleName.FIMU_ANALYST, by=Agent.OPERATOR,
        now=timezone.now(),
    )  # fmt: skip
    (row,) = late(scene.police)
    assert row.owner == "FIMU of your agency"
