"""A database made by other migrations is not opened: its tables would not fit the code."""

import pytest

from config.run import steps
from config.run.same_migrations import changed_migrations, forget_migrations, note_migrations


@pytest.fixture
def places(tmp_path):
    (tmp_path / "people" / "migrations").mkdir(parents=True)
    (tmp_path / "people" / "migrations" / "0001_initial.py").write_text("fields = ['name']\n")
    return tmp_path, tmp_path / "stamps" / "note.json"


def test_a_new_database_and_a_new_migration_are_welcome(places):
    clone, note = places
    assert changed_migrations(clone, note) == []
    note_migrations(clone, note)
    (clone / "people" / "migrations" / "0002_more.py").write_text("fields = ['age']\n")
    (clone / "people" / "migrations" / "0001_initial.py").write_text("# a comment\nfields = ['name']\n")
    assert changed_migrations(clone, note) == []


@pytest.mark.parametrize("now", ["fields = ['name', 'age']\n", None])
def test_one_that_was_applied_and_changed_or_went_is_named_until_the_database_is_reset(places, now):
    clone, note = places
    note_migrations(clone, note)
    migration = clone / "people" / "migrations" / "0001_initial.py"
    migration.unlink() if now is None else migration.write_text(now)
    assert changed_migrations(clone, note) == ["people/migrations/0001_initial.py"]
    forget_migrations(note)
    assert changed_migrations(clone, note) == []


def test_the_run_stops_with_the_command_that_helps(monkeypatch):
    monkeypatch.setattr(steps, "changed_migrations", lambda: ["people/migrations/0001_initial.py"])
    with pytest.raises(steps.Failed, match=r"0001_initial\.py\): make demo-reset"):
        steps.prepare_database(demonstration=True)
