"""Who may be the same person: what the pages say, to whom, and what they take."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from desk.comparing import Side, side_by_side
from people.actions.ask_about_match import ask_about_match
from people.actions.decide_match import decide_match
from people.models import Match, MatchDecision, Person
from people.states import MatchState
from tests.desk.hard_pairs import HARD_PAIRS
from tests.making import TEACHER, submitted
from tests.people.pairs import AXEL, IN_CARDIFF, found, match_of, officer_at, pair
from tests.people.test_sights import ABOUT_A_COLLEAGUE, fimu

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
WHY = "The same mother."
NOTHING = "Nobody was found who may be the same person."


def text_of(client, name, pk):
    return client.get(reverse(name, args=[pk])).content.decode()


@pytest.mark.parametrize("name", HARD_PAIRS)
def test_a_hard_pair_is_found_in_its_band_and_both_are_shown_as_they_were_written(client, name):
    one, other, band = HARD_PAIRS[name]
    earlier, later = found({**TEACHER, **one}), found({**TEACHER, **other})
    match = match_of(earlier, later)
    assert match.band == band
    client.force_login(officer_at(later))
    text = text_of(client, "desk:match", match.pk)
    for words in (one, other):
        assert words["given_names"] in text.replace("&#x27;", "’")
        assert words["family_name"] in text
    assert not re.search(r"\d\s*%|score|weight", text.partition("<main")[2]), "no page shows a number of guilt"


def test_the_same_two_are_compared_alike_from_either_side():
    earlier, later = (Side(Person.objects.get(pk=each.person_id)) for each in pair())
    ours, theirs = side_by_side(later, earlier), side_by_side(earlier, later)
    assert [(line.mine, line.other, str(line.why)) for line in ours.lines] == [
        (line.other, line.mine, str(line.why)) for line in theirs.lines
    ]


def test_the_referral_the_person_and_the_list_show_the_match(client):
    earlier, later = pair()
    client.force_login(officer_at(later))
    for name, args in (("desk:referral", [later.pk]), ("desk:person", [later.person_id]), ("desk:matches", [])):
        assert earlier.reference in client.get(reverse(name, args=args)).content.decode()


def test_an_officer_decides_on_the_page_and_both_are_on_one_record(client):
    earlier, later = pair()
    officer, match = officer_at(later), match_of(earlier, later)
    client.force_login(officer)
    page = reverse("desk:match", args=[match.pk])
    assert client.post(page, {"said": "confirmed", "reason": " "}).status_code == 200
    assert not MatchDecision.objects.exists()
    assert client.post(page, {"said": "confirmed", "reason": WHY}).status_code == 302
    person = text_of(client, "desk:person", later.person_id)
    for words in ("This person was referred before.", earlier.reference, "Rudderham", "Ruderham"):
        assert words in person
    for name in ("desk:referral", "desk:referral-print"):
        assert "This person was referred before." in text_of(client, name, later.pk)
    assert ">Repeat" in client.get(reverse("referrals:inbox")).content.decode()
    undo = reverse("desk:undo-match", args=[match.pk])
    assert client.get(undo).status_code == 200
    assert client.post(undo, {"reason": WHY}).status_code == 302
    assert "This person was referred before." not in text_of(client, "desk:person", later.person_id)


def test_what_was_decided_meanwhile_is_said_and_nothing_typed_is_lost(client):
    earlier, later = pair()
    officer, match = officer_at(later), match_of(earlier, later)
    client.force_login(officer)
    third = found({**AXEL, "family_name": "Rudderam"})
    for one, other, said in ((earlier, third, MatchState.REJECTED), (earlier, later, MatchState.CONFIRMED)):
        decide_match(match_id=match_of(one, other).pk, said=said, reason=WHY, by=officer, now=NOW)
    page = reverse("desk:match", args=[match_of(later, third).pk])
    answer = client.post(page, {"said": "confirmed", "reason": "Both live with Aunt Marged."})
    text = answer.content.decode()
    assert "said to be different people" in text
    assert "Both live with Aunt Marged." in text
    assert match.pk


def test_a_record_held_elsewhere_is_a_preview_that_is_asked_about_accepted_and_withdrawn(client):
    earlier, later = pair(earlier={**AXEL, **IN_CARDIFF})
    barnsley, cardiff, match = officer_at(later), officer_at(earlier), match_of(earlier, later)
    client.force_login(barnsley)
    text = text_of(client, "desk:match", match.pk)
    assert "A record exists elsewhere" in text
    assert "City of Cardiff Council" in text
    for hidden in ("Rudderham", earlier.reference, "CF10"):
        assert hidden not in text
        assert hidden not in text_of(client, "desk:referral", later.pk)
    assert client.post(reverse("desk:ask-about-match", args=[match.pk])).status_code == 302
    asking = match.askings.get()
    client.force_login(cardiff)
    assert "Barnsley" in text_of(client, "desk:referral", earlier.pk)
    page = reverse("desk:match-asking", args=[asking.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"answer": "declined", "reason": ""}).status_code == 200
    assert client.post(page, {"answer": "accepted"}).status_code == 302
    client.force_login(barnsley)
    text = text_of(client, "desk:match", match.pk)
    assert "Rudderham" in text
    assert earlier.reference in text
    assert reverse("desk:referral", args=[earlier.pk]) not in text
    assert client.post(page, {"answer": "withdrawn", "reason": WHY}).status_code == 302
    assert "Rudderham" not in text_of(client, "desk:match", match.pk)


def test_officers_see_that_checks_are_not_complete_whether_or_not_something_is_kept_from_them(client):
    alone = found(AXEL)
    client.force_login(officer_at(alone))
    before = text_of(client, "desk:person", alone.person_id)
    found({**AXEL, **ABOUT_A_COLLEAGUE})
    after = text_of(client, "desk:person", alone.person_id)
    assert "Checks not complete" in before
    assert NOTHING in before
    parts = [text.partition('id="matches"')[2].partition("csrf")[0] for text in (before, after)]
    assert parts[0] == parts[1]


def test_fimu_decides_about_a_restricted_one_and_reads_no_referral(client):
    earlier, later = found({**AXEL, **ABOUT_A_COLLEAGUE}), found(AXEL)
    match = match_of(earlier, later)
    client.force_login(fimu())
    assert earlier.reference in client.get(reverse("desk:matches")).content.decode()
    text = text_of(client, "desk:match", match.pk)
    assert "Rudderham" in text
    assert "/casework/referrals/" not in text
    page = reverse("desk:match", args=[match.pk])
    assert client.post(page, {"said": "rejected", "reason": WHY}).status_code == 302
    assert Match.objects.get().state == MatchState.REJECTED


def test_a_look_at_a_match_is_on_the_ledger_of_both_and_of_one_in_a_preview(client):
    for more, seen in (({}, 3), (IN_CARDIFF, 2)):
        earlier, later = pair(earlier={**AXEL, "given_names": f"Axel{'a' * seen}", **more})
        match = match_of(earlier, later)
        client.force_login(officer_at(later))
        before = Entry.objects.filter(kind=Entry.Kind.VIEWED).count()
        text_of(client, "desk:match", match.pk)
        assert Entry.objects.filter(kind=Entry.Kind.VIEWED).count() == before + seen


def test_looking_again_says_what_it_found(client):
    later = found(AXEL)
    client.force_login(officer_at(later))
    page = reverse("desk:look-for-matches", args=[later.person_id])
    assert "nobody new" in client.post(page, follow=True).content.decode()
    submitted({**AXEL, "family_name": "Ruderham"})
    assert "1 new match" in client.post(page, follow=True).content.decode()


def test_what_other_areas_ask_stands_in_the_list(client):
    earlier, later = pair(earlier={**AXEL, **IN_CARDIFF})
    ask_about_match(match_id=match_of(earlier, later).pk, by=officer_at(later), now=NOW)
    client.force_login(officer_at(earlier))
    assert "Other areas ask" in client.get(reverse("desk:matches")).content.decode()
