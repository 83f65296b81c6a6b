"""docs/permissions.md says what the code says."""

from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import call_command

from agencies.permission_page import permission_page
from agencies.permissions import Permission
from agencies.roles import ROLES, RoleName
from config.environment import CLONE

PAGE = CLONE / "docs/permissions.md"


def test_the_page_is_current():
    said = "run `.venv/bin/python manage.py permissions`"
    assert PAGE.read_text(encoding="utf-8") == permission_page(), said


def test_it_names_every_role_and_every_permission():
    text = permission_page()
    assert all(f"`{permission}`" in text for permission in Permission)
    for name in RoleName:
        assert str(ROLES[name].description) in text
        assert str(name.label) in text


def test_the_command_writes_it_and_says_where_it_is_stale(tmp_path: Path):
    (tmp_path / "docs").mkdir()
    out = StringIO()
    with patch("config.management.pages.CLONE", tmp_path):
        with pytest.raises(SystemExit):
            call_command("permissions", "--check", stdout=out)
        call_command("permissions", stdout=out)
        call_command("permissions", "--check", stdout=out)
    assert (tmp_path / "docs/permissions.md").read_text(encoding="utf-8") == permission_page()
    assert out.getvalue().splitlines() == [f"{word}: docs/permissions.md" for word in ("Stale", "Written", "Current")]
