"""Each source finds what is the reader's and nothing else, at the same cost however much there is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from agencies.roles import RoleName
from agencies.working_days import end_of, london_date
from audit.agents import Agent
from audit.ledger import read_payload
from audit.models import Entry
from desk.my_work.shape import SHOWN, Section
from desk.my_work.sources import SOURCES, my_work
from tests.desk.my_work.filling import FILLED, request_of
from tests.desk.my_work.scene import everything
from tests.making import make_user, officer_of

# What is shown of a match depends on who has either person, and who is kept from them.
MOST = dict.fromkeys(("likely_matches", "askings_to_answer", "askings_made"), 14)
# They ask whether contact is cleared.
MOST |= dict.fromkeys(("assigned", "planned_to_do", "questions_to_send"), 6)
pytestmark = pytest.mark.usefixtures("db", "on_record")


def within_the_day():
    """Now, or the last minute of today's work: what is due today is overdue in the evening."""
    now = timezone.now()
    return min(now, end_of(london_date(now)) - timedelta(minutes=1))


def cost(source, reader):
    with CaptureQueriesContext(connection) as made:
        found = source(reader, now=within_the_day())
    return len(made), found


def test_every_source_is_filled_here():
    assert {source.__name__ for source in SOURCES} == set(FILLED)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_a_source_costs_the_same_with_one_row_and_with_many_and_shows_the_first_of_them(source):
    scene = everything()
    fill, section = FILLED[source.__name__]
    fill(scene)
    for reader in (scene.reader_for(source.__name__),):
        assert reader.current_memberships
        one, pile = cost(source, reader)
        assert len(pile.rows) == 1 and not pile.more
        assert pile.rows[0].stands_in is section
        for _each in range(SHOWN):
            fill(scene)
        many, pile = cost(source, reader)
        assert len(pile.rows) == SHOWN and pile.more.startswith("/casework/")
        assert one == many <= MOST.get(source.__name__, 3)
        assert all(row.next_step and row.why and row.owner and (row.listed or row.requests) for row in pile.rows)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_nobody_finds_what_is_another_agencys(source):
    scene = everything()
    FILLED[source.__name__][0](scene)
    strangers = [
        officer_of(Agency.objects.get(code="E08000034"), name="Nerys Coldwater"),
        officer_of(Agency.objects.get(code="ctp-south-east"), name="Tobias Fenwick"),
        officer_of(Agency.objects.get(code="system"), name="Ada Penrose"),
    ]
    for stranger in strangers:
        pile = source(stranger, now=timezone.now())
        assert pile is None or not pile.rows


@pytest.mark.parametrize("role", [RoleName.SYSTEM_ADMINISTRATOR, RoleName.PRIVACY_OFFICER])
def test_who_reads_no_referral_costs_no_query(role):
    code = "system" if role == RoleName.SYSTEM_ADMINISTRATOR else "E08000038"
    agency = Agency.objects.get(code=code)
    user = make_user(agency=agency, role=role, name="Ivo Marchbanks", by=Agent.OPERATOR, now=timezone.now())
    assert user.current_memberships
    for source in SOURCES:
        assert cost(source, user) == (0, None)


def test_what_is_late_by_the_target_for_assigning_stands_as_overdue():
    scene = everything()
    FILLED["nobodys"][0](scene)
    lead = scene.reader_for("nobodys")
    later = timezone.now() + timedelta(days=8)
    assert {each.section for each in my_work(lead, now=timezone.now())} == {Section.NEW}
    (late,) = my_work(lead, now=later)
    assert late.section is Section.OVERDUE
    assert [row.due.local for row in late.rows if row.due] == [True]


def test_that_requests_were_shown_on_the_home_page_is_on_record(client):
    scene = everything()
    request = request_of(scene, by=scene.colleague, to=scene.neighbour)
    client.force_login(scene.neighbour)
    assert f"Request {request.number}" in client.get(reverse("desk:home")).content.decode()
    entry = Entry.objects.filter(kind=Entry.Kind.LISTED, actor=scene.neighbour.pk).latest("id")
    assert read_payload(entry) == {"requests": [str(request.pk)]}
