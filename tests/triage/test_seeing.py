"""Who sees which part of a deconfliction in which phase: every combination, written out beside the code."""

from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import call_command

from config.environment import CLONE
from triage.page import table, with_table
from triage.seeing import Part, Phase, Viewer, parts_seen

STATE, CAUSE, INSTRUCTION, REVIEW, ANSWERED_BY, OUTCOME = Part
WHOLE = {STATE, CAUSE, INSTRUCTION, REVIEW, ANSWERED_BY, OUTCOME}
TRUTH: dict[tuple[Viewer, Phase], set[Part]] = {
    (Viewer.POLICE, Phase.WAITING): {STATE, CAUSE},
    (Viewer.POLICE, Phase.CLEARED): WHOLE,
    (Viewer.POLICE, Phase.HELD): WHOLE,
    (Viewer.POLICE, Phase.PAST): WHOLE,
    (Viewer.POLICE, Phase.OVERTAKEN): {STATE, CAUSE},
    (Viewer.AUTHORITY, Phase.WAITING): {STATE},
    (Viewer.AUTHORITY, Phase.CLEARED): {STATE, INSTRUCTION},
    (Viewer.AUTHORITY, Phase.HELD): {STATE, INSTRUCTION},
    (Viewer.AUTHORITY, Phase.PAST): set(),
    (Viewer.AUTHORITY, Phase.OVERTAKEN): set(),
    (Viewer.OTHERS, Phase.WAITING): set(),
    (Viewer.OTHERS, Phase.CLEARED): set(),
    (Viewer.OTHERS, Phase.HELD): set(),
    (Viewer.OTHERS, Phase.PAST): set(),
    (Viewer.OTHERS, Phase.OVERTAKEN): set(),
}


@pytest.mark.parametrize("viewer", Viewer)
@pytest.mark.parametrize("phase", Phase)
def test_each_sees_in_each_phase_what_was_agreed(viewer, phase):
    assert parts_seen(viewer, phase) == TRUTH[viewer, phase]


def test_only_the_police_ever_see_which_answer_it_was_and_the_authority_no_more_than_state_and_instruction():
    for (viewer, _phase), parts in TRUTH.items():
        assert OUTCOME not in parts or viewer == Viewer.POLICE
        if viewer == Viewer.AUTHORITY:
            assert parts <= {STATE, INSTRUCTION}


def test_the_page_is_current():
    text = (CLONE / "docs/triage.md").read_text(encoding="utf-8")
    assert with_table(text) == text, "run manage.py triage_page"
    assert table().count("\n") == 2 + len(TRUTH)


def test_a_page_without_a_place_for_the_table_is_refused():
    with pytest.raises(ValueError, match="no place"):
        with_table("# The police desk\n")


def test_the_command_writes_it_and_says_where_it_is_stale(tmp_path):
    page, out = tmp_path / "docs" / "triage.md", StringIO()
    page.parent.mkdir()
    page.write_text("# X\n<!-- written by manage.py triage_page -->\nold\n<!-- end -->\n", encoding="utf-8")
    with patch("config.management.pages.CLONE", tmp_path):
        with pytest.raises(SystemExit):
            call_command("triage_page", "--check", stdout=out)
        call_command("triage_page", stdout=out)
        call_command("triage_page", "--check", stdout=out)
    assert out.getvalue() == "Stale: docs/triage.md\nWritten: docs/triage.md\nCurrent: docs/triage.md\n"
    assert table() in page.read_text(encoding="utf-8")
