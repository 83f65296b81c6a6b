"""The PDF for staff says what the page for printing says."""

import pytest
from django.utils import timezone

from desk.paper import paper_of
from desk.timeline import timeline
from documents.paper import MARKING
from referrals.questions.answered import answered
from referrals.selectors import dispatches, readable_notes
from tests.making import PUBLIC, TEACHER, dispatch_to_authority, officer_of, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")


def text_of(answers):
    referral = submitted(answers)
    reader, sent_to = officer_of(dispatch_to_authority(referral).agency), dispatches(referral)
    notes = readable_notes(reader, referral)
    paper = paper_of(
        referral,
        dispatches=sent_to,
        sections=answered(referral.answers, referral.form_version),
        notes=notes,
        moments=timeline(referral, sent_to, notes),
        reader=reader,
        now=timezone.now(),
    )
    rows = [f"{label}: {' / '.join(values)}" for part in paper.parts for label, values in part.rows]
    return paper, "\n".join([paper.title, *paper.introduction, *rows, paper.footer])


def test_it_has_summary_receipts_answers_and_timeline_and_says_for_whom_it_was_made():
    paper, text = text_of(TEACHER)
    assert [part.title for part in paper.parts][:2] == ["Summary", "Who has it"]
    for words in ("Tomasz", "CTP North East", "admires an attacker", "Not cleared", "Osian Achterberg"):
        assert words in text
    assert paper.marking == MARKING == "OFFICIAL-SENSITIVE"


def test_immediate_danger_stands_first():
    paper, _text = text_of({**PUBLIC, "danger": "yes"})
    assert paper.introduction[0] == "Immediate danger."
