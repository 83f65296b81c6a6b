"""Terms are kept for an hour, sealed, and then forgotten."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from audit.agents import Agent
from audit.models import Entry
from audit.refusals import Forbidden, NotNow
from referrals.actions.forget_searches import forget_searches
from referrals.actions.search_records import search_records
from referrals.models import Search
from referrals.models.search import KEPT
from referrals.searching.finding import own_search
from referrals.tasks import sweep_searches
from tests.making import officer_of, reread
from tests.referrals.opening import reviewer

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


def searched(by, *, now=NOW):
    return search_records(words="Rudderham 7/8/2006", by=by, now=now)


def test_what_was_typed_lies_sealed_and_opens_to_whoever_typed_it(lead):
    row = searched(lead)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM referrals_search")
        assert b"udderham" not in bytes(cursor.fetchone()[0])
    assert own_search(lead, row.pk, now=NOW).words == "Rudderham 7/8/2006"
    with pytest.raises(Search.DoesNotExist):
        own_search(officer_of(lead.agencies[0]), row.pk, now=NOW)


def test_after_an_hour_it_opens_no_more_whether_or_not_it_was_swept(lead):
    row = searched(lead)
    with pytest.raises(Search.DoesNotExist):
        own_search(lead, row.pk, now=NOW + KEPT)


def test_the_sweep_forgets_what_is_over_an_hour_old_and_leaves_no_entry_of_it(lead):
    old, new = searched(lead, now=NOW - KEPT), searched(lead)
    entries = Entry.objects.count()
    assert sweep_searches() == 1
    assert sweep_searches() == 0
    assert list(Search.objects.all()) == [new]
    assert old != new
    assert Entry.objects.count() == entries


def test_a_long_queue_is_swept_some_at_a_time(lead, monkeypatch):
    for module in ("referrals.actions.forget_searches.AT_ONCE", "referrals.tasks.SEARCHES_AT_ONCE"):
        monkeypatch.setattr(module, 2)
    for minutes in range(5):
        searched(lead, now=NOW - KEPT - timedelta(minutes=minutes))
    assert forget_searches(by=Agent.SWEEPER, now=NOW) == 2
    assert sweep_searches() == 3


def test_only_who_works_referrals_searches_and_only_the_sweeper_forgets(lead):
    with pytest.raises(Forbidden):
        searched(reread(reviewer()))
    with pytest.raises(Forbidden):
        searched(Agent.SWEEPER)
    with pytest.raises(Forbidden):
        forget_searches(by=lead, now=NOW)


def test_what_says_nothing_is_not_kept(lead):
    with pytest.raises(NotNow):
        search_records(words="31/2/2006 !", by=lead, now=NOW)
    assert not Search.objects.exists()
