"""The pages about matches and records in every state, and ten hard pairs, in a real browser."""

import pytest
from django.urls import reverse
from django.utils import timezone

from people.actions.ask_about_match import ask_about_match
from people.actions.decide_match import decide_match
from people.states import MatchState
from tests.components.axe import faults
from tests.desk.hard_pairs import HARD_PAIRS
from tests.making import TEACHER
from tests.people.pairs import AXEL, IN_CARDIFF, found, match_of, officer_at, pair
from tests.people.test_sights import ABOUT_A_COLLEAGUE, fimu

pytestmark = [pytest.mark.usefixtures("db", "on_record"), pytest.mark.browser]
NOW = timezone.now()
WHY = "The school gave the same mother and the same telephone."


@pytest.fixture
def look(client, page):
    """Ask for a page and say what is the matter with it."""

    def at(name, view, *args, data=None):
        address = reverse(view, args=args)
        answer = client.get(address) if data is None else client.post(address, data)
        return faults(page, answer, name)

    return at


def test_ten_hard_pairs_have_nothing_the_matter(look, client):
    wrong = []
    for name, (one, other, _band) in HARD_PAIRS.items():
        earlier, later = found({**TEACHER, **one}), found({**TEACHER, **other})
        client.force_login(officer_at(later))
        wrong += look(f"match-{name.replace(' ', '-')}", "desk:match", match_of(earlier, later).pk)
    assert wrong == []


def test_the_record_and_its_match_have_nothing_the_matter_in_any_state(look, client):
    alone = found({**AXEL, "given_names": "Osian", "family_name": "Whitcombe"})
    client.force_login(officer_at(alone))
    wrong = look("person-alone", "desk:person", alone.person_id) + look("matches-empty", "desk:matches")
    earlier, later = pair()
    officer, match = officer_at(later), match_of(earlier, later)
    client.force_login(officer)
    wrong += look("matches", "desk:matches") + look("match-wrong", "desk:match", match.pk, data={"reason": ""})
    for said in (MatchState.LEFT_OPEN, MatchState.CONFIRMED):
        decide_match(match_id=match.pk, said=said, reason=WHY, by=officer, now=NOW)
        wrong += look(f"match-{said}", "desk:match", match.pk)
    wrong += look("undo-match", "desk:undo-match", match.pk)
    wrong += look("undo-match-wrong", "desk:undo-match", match.pk, data={"reason": ""})
    wrong += look("person-repeat", "desk:person", later.person_id)
    wrong += look("referral-repeat", "desk:referral", later.pk) + look("inbox-repeat", "referrals:inbox")
    assert wrong == []


def test_what_is_held_elsewhere_has_nothing_the_matter_on_either_side(look, client):
    earlier, later = pair(earlier={**AXEL, **IN_CARDIFF})
    barnsley, cardiff, match = officer_at(later), officer_at(earlier), match_of(earlier, later)
    client.force_login(barnsley)
    wrong = look("match-preview", "desk:match", match.pk)
    asking = ask_about_match(match_id=match.pk, by=barnsley, now=NOW)
    wrong += look("match-asked", "desk:match", match.pk) + look("asking-ours", "desk:match-asking", asking.pk)
    client.force_login(cardiff)
    wrong += look("asking-theirs", "desk:match-asking", asking.pk)
    wrong += look("asking-wrong", "desk:match-asking", asking.pk, data={"answer": "declined"})
    client.post(reverse("desk:match-asking", args=[asking.pk]), {"answer": "accepted"})
    wrong += look("asking-accepted", "desk:match-asking", asking.pk)
    client.force_login(barnsley)
    wrong += look("match-opened", "desk:match", match.pk)
    assert wrong == []


def test_what_fimu_sees_has_nothing_the_matter(look, client):
    earlier, later = found({**AXEL, **ABOUT_A_COLLEAGUE}), found(AXEL)
    client.force_login(fimu())
    wrong = look("matches-fimu", "desk:matches") + look("match-fimu", "desk:match", match_of(earlier, later).pk)
    assert wrong == []
