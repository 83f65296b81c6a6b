"""docs/states.md is what the code says."""

from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import call_command

from config.environment import CLONE
from config.state_page import state_page, stateful_models


def test_the_page_is_current():
    assert (CLONE / "docs/states.md").read_text(encoding="utf-8") == state_page(), "run manage.py state_diagrams"


def test_every_move_of_every_table_stands_in_it():
    sections = dict(part.partition("\n")[::2] for part in state_page().split("\n## ")[1:])
    assert set(sections) == {model._meta.label for model in stateful_models()}
    for model in stateful_models():
        for state, stage in model.states.stages.items():
            for target in stage.to:
                assert f"    {state} --> {target}\n" in sections[model._meta.label]


def test_the_command_writes_it_and_says_where_it_is_stale(tmp_path):
    (tmp_path / "docs").mkdir()
    out = StringIO()
    with patch("config.management.pages.CLONE", tmp_path):
        with pytest.raises(SystemExit):
            call_command("state_diagrams", "--check", stdout=out)
        call_command("state_diagrams", stdout=out)
        call_command("state_diagrams", "--check", stdout=out)
    assert out.getvalue() == "Stale: docs/states.md\nWritten: docs/states.md\nCurrent: docs/states.md\n"
