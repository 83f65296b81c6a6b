"""Likely matches and what areas ask each other stand on the home pages of those who decide and answer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.my_work.matches import likely_matches
from people.actions.ask_about_match import ask_about_match
from people.actions.decide_match import decide_match
from people.actions.undo_match import undo_match
from people.states import MatchState
from tests.making import officer_of
from tests.people.pairs import AXEL, IN_CARDIFF, found, match_of, officer_at, pair
from tests.people.test_sights import ABOUT_A_COLLEAGUE, fimu

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


def home(client, user):
    client.force_login(user)
    return client.get(reverse("desk:home")).content.decode()


def rows(source, reader, *, now=NOW):
    return source(reader, now=now).rows


def test_a_likely_match_waits_on_the_home_page_until_somebody_decides(client):
    earlier, later = pair()
    officer, match = officer_at(later), match_of(earlier, later)
    link = reverse("desk:match", args=[match.pk])
    assert link in home(client, officer)
    assert "Local target" in home(client, officer) or "local target" in home(client, officer)
    decide_match(match_id=match.pk, said=MatchState.CONFIRMED, reason="One mother.", by=officer, now=NOW)
    text = home(client, officer)
    assert link not in text
    assert ">Repeat" in text


def test_a_likely_match_with_another_area_waits_until_that_is_asked_and_then_with_everybody_of_the_agency(client):
    earlier, later = found({**AXEL, **IN_CARDIFF}), found(AXEL)
    barnsley, match = officer_at(later), match_of(earlier, later)
    (row,) = rows(likely_matches, barnsley)
    assert row.address == reverse("desk:match", args=[match.pk]) and "Ask the other area" in str(row.next_step)
    assert earlier.reference not in home(client, barnsley)
    asking = ask_about_match(match_id=match.pk, by=barnsley, now=NOW)
    assert not rows(likely_matches, barnsley)
    colleague = officer_of(barnsley.agencies[0], name="Hester Quayle")
    assert reverse("desk:match-asking", args=[asking.pk]) in home(client, colleague)


def test_what_waits_again_is_due_from_then():
    earlier, later = pair()
    officer, match = officer_at(later), match_of(earlier, later)
    decide_match(match_id=match.pk, said=MatchState.CONFIRMED, reason="One mother.", by=officer, now=NOW)
    long_after = NOW + timedelta(days=60)
    undo_match(match_id=match.pk, reason="Two mothers.", by=officer, now=long_after)
    (row,) = rows(likely_matches, officer, now=long_after)
    assert row.since == long_after and not row.due.over


def test_what_is_asked_waits_with_who_is_asked_and_with_who_asked(client):
    earlier, later = pair(earlier={**AXEL, **IN_CARDIFF})
    barnsley, cardiff = officer_at(later), officer_at(earlier)
    asking = ask_about_match(match_id=match_of(earlier, later).pk, by=barnsley, now=NOW)
    link = reverse("desk:match-asking", args=[asking.pk])
    for user, own, others in ((barnsley, later, earlier), (cardiff, earlier, later)):
        text = home(client, user)
        assert link in text
        assert own.reference in text
        assert others.reference not in text


def test_a_match_on_a_restricted_person_waits_with_fimu_and_with_nobody_who_must_not_know(client):
    earlier, later = found({**AXEL, **ABOUT_A_COLLEAGUE}), found(AXEL)
    link = reverse("desk:match", args=[match_of(earlier, later).pk])
    assert link in home(client, fimu())
    assert link not in home(client, officer_at(later))
