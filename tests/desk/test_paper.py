"""The PDF for staff says what the page for printing says."""

import re
from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.agents import Agent
from desk.paper import paper_of
from desk.shown import shown_to
from documents.paper import MARKING
from referrals.actions.submit_referral import submit_referral
from referrals.models import Referral, Withdrawal
from tests.desk.test_putting_right import Scene
from tests.house.reading import tree
from tests.making import (
    BROWSER,
    PUBLIC,
    TEACHER,
    dispatch_to_authority,
    dispatch_to_police,
    draft_with,
    officer_of,
    submitted,
)
from tests.people.writing import NOW, away, not_told, told
from tests.referrals.opening import shared

pytestmark = pytest.mark.usefixtures("db", "on_record")


def printed(client, referral, reader):
    """The page for printing, the PDF's paper of the same, and all that stands on the paper."""
    client.force_login(reader)
    page = client.get(reverse("desk:referral-print", args=[referral.pk]))
    now = timezone.now()
    paper = paper_of(shown_to(reader, page.context["referral"], now=now), reader=reader, now=now)
    rows = [f"{label}: {' / '.join(values)}" for part in paper.parts for label, values in part.rows]
    return page, paper, "\n".join([paper.title, *paper.introduction, *rows, paper.footer])


def text_of(client, answers):
    referral = submitted(answers)
    _page, paper, text = printed(client, referral, officer_of(dispatch_to_authority(referral).agency))
    return paper, text


def sentences_above(page):
    """What the page says above the receipts, sentence by sentence and value by value, without `Not cleared`."""
    found = set()
    said = "//*[contains(@class, 'warning-text__text') or contains(@class, 'notification-banner')]"
    for piece in tree(page.content).xpath(f"{said} | //*[contains(@class, 'inset-text')] | (//dl)[1]"):
        for line in piece.xpath(".//text()"):
            found |= {plain(words) for words in re.split(r"[.:,]\s", " ".join(line.split()) + " ")}
    return found - {"", "also", "warning", "important", "deconfliction"}


def plain(words):
    return re.sub(r"[\s.:,]+", " ", words).strip().lower()


def test_it_has_summary_receipts_answers_and_timeline_and_says_for_whom_it_was_made(client):
    paper, text = text_of(client, TEACHER)
    assert [part.title for part in paper.parts][:2] == ["Summary", "Who has it"]
    for words in ("Tomasz", "CTP North East", "admires an attacker", "Not cleared", "Osian Achterberg"):
        assert words in text
    assert paper.marking == MARKING == "OFFICIAL-SENSITIVE"


def test_immediate_danger_stands_first(client):
    paper, _text = text_of(client, {**PUBLIC, "danger": "yes"})
    assert paper.introduction[0] == "Immediate danger."


def warned(scene):
    """The referral is about somebody else, and joined with another."""
    given = {"adult_or_child": "child", "given_names": "Aled", "reason": "Mixed up."}
    scene.post("detach", scene.authority.pk, wrong=str(scene.referral.person_id), **given)
    scene.post("join", scene.authority.pk, reference=scene.other.reference, kind="duplicate", reason="Sent twice.")


@pytest.mark.parametrize("stopped", [False, True])
def test_it_warns_of_whatever_the_page_warns_of(client, stopped):
    scene = Scene(client)
    warned(scene)
    scene.post("withdrawal", scene.authority.pk, kind="in_error", told_how="telephone", reason="Wrong form.")
    if stopped:
        client.force_login(scene.officer)
        scene.post("acknowledge", scene.police.pk)
        scene.post("decide", Withdrawal.objects.get().pk, go_on="no", reason="Nothing in it.")
    scene.text()  # what was done last is confirmed once
    page, paper, text = printed(client, scene.referral, scene.lead)
    above = sentences_above(page)
    assert {"do nothing about the person named in the answers", "aled", "the two count as one"} <= above
    assert {"keeping people safe goes on" if stopped else "wrong form"} <= above
    assert [words for words in above if words not in plain(text)] == []
    assert "Do nothing about" in paper.introduction[0] and paper.introduction[-1].startswith("Not cleared")


def test_it_warns_whoever_reads_it_by_name_that_the_referral_is_on_offer_to_their_agency(client):
    scene = Scene(client)
    scene.offer(reason="They moved.")
    police = dispatch_to_police(scene.referral)
    shared(police, scene.bradford, by=officer_of(police.agency))
    page, paper, text = printed(client, scene.referral, scene.bradford)
    above = sentences_above(page)
    assert {"offered to your agency", "they moved", "to accept is to take receipt"} <= above
    assert [words for words in above if words not in plain(text)] == []
    assert "They moved." in paper.introduction[0]


def test_it_says_that_the_referrer_is_written_to_in_welsh(client):
    draft, now = draft_with(TEACHER), timezone.now()
    sent = submit_referral(draft_id=draft.pk, language="cy", holder=BROWSER, by=Agent.REFERRER, now=now)
    referral = Referral.objects.get(reference=sent.reference)
    page, _paper, text = printed(client, referral, officer_of(dispatch_to_authority(referral).agency))
    above = sentences_above(page)
    assert {"language", "contact the referrer in welsh"} <= {words.partition(" as the")[0] for words in above}
    assert [words for words in above if words not in plain(text)] == []


@pytest.mark.parametrize(("day", "hour"), [("2026-07-01", "13:00"), ("2026-01-15", "12:00")])
def test_its_times_are_those_of_the_clocks_here(client, day, hour):
    referral = submitted(now=datetime.fromisoformat(f"{day}T12:00:00+00:00"))
    _page, _paper, text = printed(client, referral, officer_of(dispatch_to_authority(referral).agency))
    assert f", {hour}, Online" in text


def test_every_part_says_what_its_columns_hold(client):
    paper, _text = text_of(client, TEACHER)
    columns = {part.title: part.columns for part in paper.parts}
    assert columns["Timeline"] == ("When", "What happened")
    assert columns["Documents"] == ("File", "From, handling and virus check")
    assert columns["Who has it"] == ("Agency", "Receipt")


@pytest.mark.parametrize("write", [told, not_told])
def test_whether_they_were_told_and_where_they_are_stands_on_it_as_on_the_page(client, write):
    referral = submitted()
    lead = officer_of(dispatch_to_authority(referral).agency)
    write(referral.person_id, lead)
    away(referral.person_id, lead, back_on=None if write is told else NOW.date())
    page, _paper, text = printed(client, referral, lead)
    missing = {sentence for sentence in sentences_above(page) if sentence not in plain(text)}
    assert not missing
    told_without_notice(referral, lead)
    assert "Notice in" not in printed(client, referral, lead)[2]


def told_without_notice(referral, lead):
    told(referral.person_id, lead, notices=[], now=timezone.now())
